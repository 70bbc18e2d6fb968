/** A show's start as its house says it: "Tuesday 1 December 2026, 19:30". */
export function startInWords(localStart: string): string {
  const start = Temporal.PlainDateTime.from(localStart.slice(0, 16))
  const day = start.toLocaleString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  return `${day.replace(',', '')}, ${localStart.slice(11, 16)}`
}

/** A moment as clocks show it there, in the same words. */
export const momentInWords = (at: string, timeZone: string): string =>
  startInWords(Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDateTime().toString())
