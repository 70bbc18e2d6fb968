const firstFilm = '1888-10-14'

/** What is wrong with a day on which somebody says they saw a film; undefined when nothing is. */
export function doubtDay(day: string | null, now: Temporal.Instant): string | undefined {
  if (day === null) return undefined
  if (day < firstFilm) return 'is before the first film'
  // Somewhere on Earth it may be tomorrow already.
  const last = now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 }).toString()
  return day > last ? 'has not come yet' : undefined
}
