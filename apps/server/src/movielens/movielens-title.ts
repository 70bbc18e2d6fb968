const article = /^(.+), (The|A|An|Le|La|Les|L'|Un|Une|Il|Lo|I|Gli|El|Los|Las|Der|Die|Das|Den|Det|Een|O|Os)$/
const withYear = /^(.*?)\s*\((\d{4})(?:[–-]\d{0,4})?\)$/
const withOther = /^(.*?)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/

export type ReadTitle = { title: string; originalTitle: string | null; year: number | null }

/**
 * Reads a title as MovieLens writes it: `City of Lost Children, The (Cité des enfants perdus, La) (1995)`. The last of
 * several other titles is taken for the original one.
 */
export function readTitle(written: string): ReadTitle {
  const dated = withYear.exec(written.trim())
  let title = dated?.[1] ?? written.trim()
  const others: string[] = []
  for (let found = withOther.exec(title); found?.[1]; found = withOther.exec(title)) {
    others.unshift(found[2] ?? '')
    title = found[1]
  }
  const other = others.at(-1)?.replace(/^a\.?k\.?a\.? +/i, '')
  return {
    title: articleFirst(title),
    originalTitle: other ? articleFirst(other) : null,
    year: dated ? Number(dated[2]) : null,
  }
}

function articleFirst(title: string): string {
  const [, rest, first] = article.exec(title) ?? []
  if (!rest || !first) return title
  return first.endsWith("'") ? `${first}${rest}` : `${first} ${rest}`
}
