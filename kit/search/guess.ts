import type { Database } from '../sql/index.ts'
import { forgiven, nearest, swapped } from './near-words.ts'
import { afterAll, type Give, worthLookingUp } from './sql-conditions.ts'
import { type Tables, wordsColumn } from './sql-tables.ts'

/** Something that may have been meant, as a condition on a document `d`. */
export type Guess = { holds: (give: Give) => string }

const shortestJoined = 5

/** What may have been meant by words that matched nothing, likeliest first; each is made when it is asked for. */
export function createGuesses(db: Database, tables: Tables) {
  const { titles, words: known, similar } = tables
  const columns = [...new Set([tables.weights[0] ?? 'A', tables.weights.at(-1) ?? 'A'])].map(
    (weight) => `d.${wordsColumn(weight)}`,
  )

  async function areKnown(words: readonly string[]): Promise<Set<string>> {
    const { rows } = await db.query<{ word: string }>(
      `select asked.word from unnest($1::text[], $2::text[]) as asked (word, beyond)
       where exists (select from ${known} known where known.word >= asked.word and known.word < asked.beyond)`,
      [words, words.map(afterAll)],
      { name: `known-${known}` },
    )
    return new Set(rows.map(({ word }) => word))
  }

  async function similarTo(words: readonly string[]): Promise<Map<string, string[]>> {
    // In a short word no error is forgiven.
    const long = words.filter((word) => forgiven([...word].length) > 0)
    const [swaps, { rows }] = await Promise.all([
      areKnown(words.flatMap(swapped)),
      db.query<{ asked: string; words: string[] }>(
        `select asked, array(select word from ${similar}(asked)) as words from unnest($1::text[]) as asked`,
        [long],
        { name: `similar-${known}` },
      ),
    ])
    const alike = new Map(rows.map((row) => [row.asked, row.words]))
    return new Map(
      words.map((word) => {
        const own = swapped(word).filter((other) => swaps.has(other))
        return [word, nearest(word, [...new Set([...own, ...(alike.get(word) ?? [])])])]
      }),
    )
  }

  const meaning = (
    words: readonly string[],
    near: ReadonlyMap<string, readonly string[]>,
    alsoKnown: boolean,
  ) => {
    const meant = new Map(
      words.map((word) => {
        const some = [...(near.has(word) && !alsoKnown ? [] : [word]), ...(near.get(word) ?? [])]
        return [word, some.filter((one, at) => !some.slice(0, at).some((other) => one.startsWith(other)))]
      }),
    )
    if ([...meant.values()].some((some) => some.length === 0)) return []
    // What was not known as it stands narrows most, unless something short may have been meant by it.
    const corrected = words.filter((word) => near.has(word) && !alsoKnown)
    const rare = corrected.filter((word) => meant.get(word)?.every((one) => one.length >= 4))
    const looked = rare.length > 0 ? rare : worthLookingUp(words)
    const rest = words.filter((word) => !looked.includes(word))
    const any = (word: string) => (meant.get(word) ?? []).map((one) => `'${one}':*`).join(' | ')
    const every = (some: readonly string[]) => some.map((word) => `(${any(word)})`).join(' & ')
    // What it is called before whatever else is known of it.
    return columns.map((column) => ({
      holds: (give: Give) =>
        [
          `${column} @@ ${give(every(looked))}::tsquery`,
          ...(rest.length > 0 ? [`ts_match_vq(${column}, ${give(every(rest))}::tsquery)`] : []),
        ].join(' and '),
    }))
  }

  return async function* guesses(words: readonly string[]): AsyncGenerator<Guess> {
    const joined = words.join('')
    if (joined.length >= shortestJoined)
      yield {
        holds: (give) => `d.id in (select j.id from ${titles} j
          where replace(j.folded, ' ', '') >= ${give(joined)}::text and replace(j.folded, ' ', '') < ${give(afterAll(joined))}::text)`,
      }
    const are = await areKnown(words)
    const unknown = words.filter((word) => !are.has(word))
    const near = unknown.length > 0 ? await similarTo(unknown) : new Map<string, string[]>()
    const corrected = unknown.length > 0 ? meaning(words, near, false) : []
    yield* corrected
    // Every word is one, but not of the same thing.
    if (unknown.length > 0 && corrected.length === 0) return
    const all = await similarTo(words)
    yield* meaning(words, all, true)
  }
}
