export type Side = { perSecond: number; cpuPerRequestMs: number; p99Ms?: number }
export type Rounds = { ours: Side[]; baseline: Side[] }

/** Runs both sides in turn, so that a machine that speeds up or slows down does so for both. */
export async function alternate(
  rounds: number,
  ours: () => Promise<Side>,
  baseline: () => Promise<Side>,
): Promise<Rounds> {
  const result: Rounds = { ours: [], baseline: [] }
  for (let round = 0; round < rounds; round++) {
    const oursFirst = round % 2 === 0
    for (const isOurs of [oursFirst, !oursFirst])
      (isOurs ? result.ours : result.baseline).push(await (isOurs ? ours() : baseline()))
  }
  return result
}

export type Spread = { least: number; median: number; most: number }

/** The middle and the ends of some figures. */
export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (index: number): number => sorted[Math.max(0, Math.min(sorted.length - 1, index))] ?? Number.NaN
  return { least: at(0), median: at(Math.floor((sorted.length - 1) / 2)), most: at(sorted.length - 1) }
}

/** A number as people read it. */
export const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)
/** The middle, and the ends behind it. */
export const shown = ({ least, median, most }: Spread): string =>
  `${figure(median)} (${figure(least)} to ${figure(most)})`

/** One bench as text: both figures, their ratio round by round, CPU a request, and whether the promise holds. */
export function report(name: string, rounds: Rounds, promised: number | undefined): string {
  const ratios = rounds.ours.map(
    (side, round) => side.perSecond / (rounds.baseline[round]?.perSecond ?? Number.NaN),
  )
  const ratio = spread(ratios)
  const verdict =
    promised === undefined ? '' : `, promised ${promised}: ${ratio.median >= promised ? 'kept' : 'NOT KEPT'}`
  const p99 = rounds.ours.flatMap((side) => (side.p99Ms === undefined ? [] : [side.p99Ms]))
  return [
    name,
    `  ours      ${shown(spread(rounds.ours.map((side) => side.perSecond)))} a second, ${shown(spread(rounds.ours.map((side) => side.cpuPerRequestMs)))} ms CPU each${p99.length > 0 ? `, p99 ${shown(spread(p99))} ms` : ''}`,
    `  baseline  ${shown(spread(rounds.baseline.map((side) => side.perSecond)))} a second, ${shown(spread(rounds.baseline.map((side) => side.cpuPerRequestMs)))} ms CPU each`,
    `  ratio     ${shown(ratio)} over ${ratios.length} rounds${verdict}`,
  ].join('\n')
}
