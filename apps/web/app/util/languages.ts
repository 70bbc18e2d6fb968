import { localeOf } from './money.ts'

/** "de" or "German" as the reader calls it: German, Deutsch. What is no language stays as it was written. */
export const languageInWords = (written: string, reader: string): string =>
  inWords('language', written, reader)

/** "US" or "United States" as the reader calls it. What is no country stays as it was written. */
export const countryInWords = (written: string, reader: string): string => inWords('region', written, reader)

type Kind = 'language' | 'region'
const shapes = { language: /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, region: /^[A-Z]{2}$/ }

function inWords(kind: Kind, written: string, reader: string): string {
  const code = shapes[kind].test(written) ? written : codesOf(kind).get(written.toLowerCase())
  if (code === undefined) return written
  try {
    return namesOf(kind, reader).of(code) ?? written
  } catch {
    // A code that looks right and is none, such as "und-x".
    return written
  }
}

const namesOf = (kind: Kind, reader: string) =>
  new Intl.DisplayNames(localeOf(reader), { type: kind, fallback: 'none' })

// Names that catalogues write and the tables do not, or only under three letters.
const alsoCalled: Record<Kind, Record<string, string>> = {
  language: { cantonese: 'yue' },
  region: { usa: 'US', uk: 'GB' },
}
const letters = [...'abcdefghijklmnopqrstuvwxyz']
const known = new Map<Kind, ReadonlyMap<string, string>>()

/** Codes by their English names: catalogues write names. Made once, of every pair of letters that is a code. */
function codesOf(kind: Kind): ReadonlyMap<string, string> {
  const before = known.get(kind)
  if (before) return before
  const names = namesOf(kind, 'en')
  const codes = new Map(Object.entries(alsoCalled[kind]))
  for (const first of letters)
    for (const second of letters) {
      const code = kind === 'region' ? `${first}${second}`.toUpperCase() : `${first}${second}`
      const name = names.of(code)?.toLowerCase()
      // Of a country's several codes the first is the one of today: DE stands before DD.
      if (name !== undefined && !codes.has(name)) codes.set(name, code)
    }
  known.set(kind, codes)
  return codes
}
