/** The wall clock of a time zone at an instant: 2026-11-21T19:30. Browsers still lack Temporal, so Intl does it. */
export function wallClock(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00'
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The instant of a wall-clock time; of a time that occurs twice the first, of one that is skipped one nearby. */
export function instantOf(wall: string, timeZone: string): number {
  const asUtc = Date.parse(`${wall.slice(0, 16)}Z`)
  const offsetAt = (instant: number) => Date.parse(`${wallClock(instant, timeZone)}Z`) - instant
  const guess = asUtc - offsetAt(asUtc)
  return asUtc - offsetAt(guess)
}
