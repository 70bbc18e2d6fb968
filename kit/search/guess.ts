import type { Queryable } from '../sql/index.ts'
import { forgiven, nearest, swapped } from './near-words.ts'
import { afterAll, type Give, worthLookingUp } from './sql-conditions.ts'
import { type Tables, wordsColumn } from './sql-tables.ts'

/** Something that may have been meant, as a condition on a document `d`. */
export type Guess = (give: Give) => string

/** Guesses as likely as each other, the likeliest first; `isRare`: by words that no title has as they were asked. */
export type Likely = { guesses: Guess[]; isRare: boolean }

type Looked = {
  word: string
  /** Whether a word begins so. */
  known: boolean
  /** What may have been meant by it. */
  near: string[]
}

const shortestJoined = 5

/** What may have been meant by words that matched nothing, the likeliest first; what takes another look comes when it is asked for. */
export function createGuesses(tables: Tables) {
  const { titles, words: known, similar } = tables
  const columns = [...new Set([tables.weights[0] ?? 'A', tables.weights.at(-1) ?? 'A'])].map(
    (weight) => `d.${wordsColumn(weight)}`,
  )
  const isKnown = (one: string) =>
    `exists (select from ${known} known where known.word >= ${one}.word and known.word < ${one}.beyond)`
  // One question for all of it: each takes its turn at a busy server.
  const lookUpText = `select asked.known,
      case when wanted.near then array(
        select swap.word from unnest($4::text[], $5::text[], $6::int[]) as swap (word, beyond, at)
        where swap.at = asked.at and ${isKnown('swap')}) end as swaps,
      case when wanted.near and asked.long then array(select word from ${similar}(asked.word)) end as similar
    from (select given.*, ${isKnown('given')} as known
      from unnest($1::text[], $2::text[], $3::boolean[]) with ordinality as given (word, beyond, long, at)) asked
    cross join lateral (select $7::boolean or not asked.known as near) wanted
    order by asked.at`

  /** What the vocabulary knows of some words; of those it knows, what is similar only when that is wanted too. */
  async function lookUp(db: Queryable, words: readonly string[], alsoKnown: boolean): Promise<Looked[]> {
    const swaps = words.flatMap((word, at) => swapped(word).map((swap) => ({ swap, at: at + 1 })))
    const { rows } = await db.query<{ known: boolean; swaps: string[] | null; similar: string[] | null }>(
      lookUpText,
      [
        words,
        words.map(afterAll),
        // In a short word no error is forgiven.
        words.map((word) => forgiven([...word].length) > 0),
        swaps.map(({ swap }) => swap),
        swaps.map(({ swap }) => afterAll(swap)),
        swaps.map(({ at }) => at),
        alsoKnown,
      ],
      { name: `words-${known}`, plan: 'once' },
    )
    return rows.map((row, at) => {
      const word = words[at] ?? ''
      const near = [...new Set([...(row.swaps ?? []), ...(row.similar ?? [])])]
      return { word, known: row.known, near: nearest(word, near) }
    })
  }

  /** What is called so comes before what is only known by such words. */
  function meanings(looked: readonly Looked[], alsoKnown: boolean): Guess[] {
    const meant = new Map(
      looked.map(({ word, known, near }) => {
        const some = [...(known || alsoKnown ? [word] : []), ...(known && !alsoKnown ? [] : near)]
        return [word, some.filter((one, at) => !some.slice(0, at).some((other) => one.startsWith(other)))]
      }),
    )
    if ([...meant.values()].some((some) => some.length === 0)) return []
    // What was not known as it stands narrows most, unless something short may have been meant by it.
    const rare = looked
      .filter(({ known, word }) => !known && !alsoKnown && meant.get(word)?.every((one) => one.length >= 4))
      .map(({ word }) => word)
    const words = looked.map(({ word }) => word)
    const first = rare.length > 0 ? rare : worthLookingUp(words)
    const rest = words.filter((word) => !first.includes(word))
    const any = (word: string) => (meant.get(word) ?? []).map((one) => `'${one}':*`).join(' | ')
    const every = (some: readonly string[]) => some.map((word) => `(${any(word)})`).join(' & ')
    return columns.map(
      (column) => (give: Give) =>
        [
          `${column} @@ ${give(every(first))}::tsquery`,
          ...(rest.length > 0 ? [`ts_match_vq(${column}, ${give(every(rest))}::tsquery)`] : []),
        ].join(' and '),
    )
  }

  const joinedTo =
    (joined: string): Guess =>
    (give) =>
      `d.id in (select j.id from ${titles} j
        where replace(j.folded, ' ', '') >= ${give(joined)}::text and replace(j.folded, ' ', '') < ${give(afterAll(joined))}::text)`

  return async function* guesses(db: Queryable, words: readonly string[]): AsyncGenerator<Likely> {
    const joined = words.join('')
    const looked = await lookUp(db, words, false)
    const unknown = looked.some((one) => !one.known)
    const corrected = unknown ? meanings(looked, false) : []
    const likely = [...(joined.length >= shortestJoined ? [joinedTo(joined)] : []), ...corrected]
    if (likely.length > 0) yield { guesses: likely, isRare: true }
    // Every word is one, but not of the same thing.
    if (unknown && corrected.length === 0) return
    const others = meanings(await lookUp(db, words, true), true)
    if (others.length > 0) yield { guesses: others, isRare: false }
  }
}
