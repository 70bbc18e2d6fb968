/** `2019-05-01` if it is a day of the calendar, else undefined. */
export function readDay(cell: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(cell)) return undefined
  try {
    return Temporal.PlainDate.from(cell).toString()
  } catch {
    // No such day.
    return undefined
  }
}

/** An instant from an instant or a day (its midnight in UTC), else undefined. */
export function readInstant(cell: string): string | undefined {
  const day = readDay(cell)
  if (day) return `${day}T00:00:00Z`
  try {
    return Temporal.Instant.from(cell).toString()
  } catch {
    // No instant.
    return undefined
  }
}

/** Stars from a number that goes up to `most`; undefined when it is none of the scale. */
export function readStars(cell: string, most: 5 | 10): number | undefined {
  const stars = Number(cell) * (5 / most)
  return cell.trim() !== '' && isStars(stars) ? stars : undefined
}

export function readYear(cell: string): number | null {
  return /^\d{4}$/.test(cell) && Number(cell) >= 1870 && Number(cell) <= 2200 ? Number(cell) : null
}

export const isStars = (stars: number) => stars >= 0.5 && stars <= 5 && Number.isInteger(stars * 2)

export const isYes = (cell: string) => /^(yes|true|1)$/i.test(cell)

/** `a, b` as tags, each once; too long ones are cut. */
export function readTags(cell: string): string[] {
  return tidyTags(cell.split(','))
}

export function tidyTags(given: readonly string[]): string[] {
  const tags = given.map((tag) => cut(plain(tag), 40).trim())
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 20)
}

/** Text as our own fields take it: no control characters but tab and line breaks, well-formed. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .trim()
}

/** At most so much of a text, and no half of a character at its end: jsonb takes none. */
export const cut = (text: string, most: number) => text.slice(0, most).replace(/\p{Surrogate}$/u, '')

/** Spreadsheets are kept from calculating by an apostrophe; it is no part of the text. */
export const withoutGuard = (cell: string) => cell.replace(/^'(?=[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20])/, '')
