import type { Layout, LayoutSeat } from '@marquee/contracts/theaters'

type Placed = { seat: LayoutSeat; x: number; top: number }

/**
 * Writes a layout as the rows it was pasted from, so that it can be changed as text. Layouts that came another way
 * (an object, a pretix plan) read only nearly the same; the editor compares the preview with the original.
 */
export function rowsOfLayout(layout: Layout): string {
  const rows = inRows(layout)
  const lines: string[] = []
  let zone = 'standard'
  let lastTop: number | undefined
  for (const row of rows) {
    const main = mostCommon(row.map((one) => one.seat.zone))
    const top = row[0]?.top ?? 0
    const gap = lastTop !== undefined && top - lastTop > 1.5
    if (main !== zone && (gap || lastTop === undefined)) {
      if (lastTop !== undefined) lines.push('')
      lines.push(`[${main}]`)
      zone = main
    } else if (gap) lines.push('')
    lines.push(`${row[0]?.seat.row}: ${writeRow(row, layout.width, zone)}`)
    lastTop = top
  }
  return lines.join('\n')
}

function inRows(layout: Layout): Placed[][] {
  const bend = Math.min(1.5, layout.width * 0.045)
  const names = new Map<string, Placed[]>()
  for (const seat of layout.seats) {
    const fromMiddle = (seat.x - layout.width / 2) / (layout.width / 2)
    const top = seat.y - 0.5 - bend * (1 - fromMiddle ** 2)
    names.set(seat.row, [...(names.get(seat.row) ?? []), { seat, x: seat.x, top }])
  }
  return [...names.values()]
    .map((row) => row.toSorted((a, b) => a.x - b.x))
    .sort((a, b) => (a[0]?.top ?? 0) - (b[0]?.top ?? 0))
}

function writeRow(row: Placed[], width: number, zone: string): string {
  const first = row[0]?.x ?? 0
  const last = row.at(-1)?.x ?? 0
  // Rows are centred, so seats off the middle had aisles written before or after them.
  const lean = Math.round(first + last - width)
  const items = [...(lean > 0 ? ['_'.repeat(lean)] : []), ...runs(row, zone)]
  return [...items, ...(lean < 0 ? ['_'.repeat(-lean)] : [])].join(' ')
}

function runs(row: Placed[], zone: string): string[] {
  const items: string[] = []
  let run: LayoutSeat[] = []
  const flush = () => {
    if (run.length > 0) items.push(writeRun(run, zone))
    run = []
  }
  row.forEach(({ seat, x }, index) => {
    const before = row[index - 1]
    const aisle = before ? Math.round(x - before.x) - 1 : 0
    if (aisle > 0 || !continues(run, seat)) flush()
    if (aisle > 0) items.push('_'.repeat(Math.min(aisle, 30)))
    run.push(seat)
  })
  flush()
  return items
}

function continues(run: LayoutSeat[], seat: LayoutSeat): boolean {
  const last = run.at(-1)
  if (!last) return true
  const alike =
    last.kind === seat.kind &&
    last.zone === seat.zone &&
    Boolean(last.restrictedView) === Boolean(seat.restrictedView)
  const step = Number(seat.number) - Number(last.number)
  const second = run[1]
  const going = second ? Number(second.number) - Number(run[0]?.number) : step
  return alike && Math.abs(step) === 1 && step === going
}

function writeRun(run: LayoutSeat[], zone: string): string {
  const [first] = run
  const last = run.at(-1)
  if (!first || !last) return ''
  const kind = { standard: '', wheelchair: 'w', companion: 'c', sofa: 's' }[first.kind]
  const marks = `${kind}${first.restrictedView ? 'r' : ''}`
  const numbers = first === last ? first.number : `${first.number}-${last.number}`
  return `${marks}${numbers}${first.zone === zone ? '' : `@${first.zone}`}`
}

function mostCommon(values: string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'standard'
}
