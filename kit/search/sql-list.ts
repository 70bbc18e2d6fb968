import type { Guess } from './guess.ts'
import type { SearchIndex } from './search-index.ts'
import {
  areTelling,
  conditions,
  distance,
  type Give,
  matching,
  type Near,
  roomFor,
  unindexed,
} from './sql-conditions.ts'
import { type Shown, shownOf } from './sql-shown.ts'
import { readSort, sortExpression, type Tables } from './sql-tables.ts'
import type { Statement } from './sql-tiers.ts'

export type Listed = { id: string; keys: (string | number)[]; distance: number | null; shown?: Shown }

export type ListWish = {
  index: SearchIndex
  tables: Tables
  /** Which order: one that is declared, `near` or the boost. */
  by: string
  words?: readonly string[] | undefined
  /** What may have been meant: only the first of them that anything fits is listed. */
  guesses?: readonly Guess[] | undefined
  filters?: object | undefined
  near?: Near | undefined
  after?: { keys: readonly (string | number)[]; id: string } | undefined
  /** The values that come with each; without it only ids and keys do. */
  show?: readonly string[] | undefined
  /** At least so many, if there are. */
  limit: number
}

/** One order over all that matches: declared, by distance, or by the boost. */
export function listStatement(wish: ListWish): Statement {
  const values: unknown[] = []
  const give: Give = (value) => `$${values.push(value)}`
  const { guesses } = wish
  if (!guesses) return { text: oneList(wish, give), values }
  const lists = guesses.map((guess, at) => `guess${at} as materialized (${oneList(wish, give, guess)})`)
  // PostgreSQL does not begin a list whose condition on another one does not hold.
  const firsts = guesses.map((_, at) => {
    const before = guesses.slice(0, at).map((_, earlier) => `not exists (select from guess${earlier})`)
    return `select * from guess${at}${before.length > 0 ? ` where ${before.join(' and ')}` : ''}`
  })
  return { text: `with ${lists.join(', ')} ${firsts.join(' union all ')}`, values }
}

function oneList(wish: ListWish, give: Give, guess?: Guess): string {
  const { index, tables, by, words, near, after, limit, show } = wish
  const far = near ? distance(near, give) : 'null::float8'
  const lookedUp = guess !== undefined || (words !== undefined && areTelling(index, words, wish))
  const keys = keysOf(index, by, far, lookedUp)
  const where = [
    ...(words && words.length > 0 ? matching(tables, tables.weights.length - 1, words, give) : []),
    ...(guess ? [guess(give)] : []),
    ...conditions(index, wish, give, { lookedUp: lookedUp && !near }),
    ...(after ? [isAfter(keys, after, give)] : []),
  ]
  const order = keys.map(({ column, down }) => `${column}${down ? ' desc' : ''}`)
  return `select d.id, jsonb_build_array(${keys
    .slice(0, -1)
    .map(({ column }) => column)
    .join(', ')}) as keys,
      ${far} as distance${show ? `, ${shownOf('d', show)} as shown` : ''}
    from ${tables.docs} d ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
    order by ${order.join(', ')} limit ${roomFor(limit)}`
}

type Key = { column: string; down: boolean; type: string }

function keysOf(index: SearchIndex, by: string, far: string, lookedUp: boolean): Key[] {
  const [first, ...rest] = orderOf(index, by, far)
  if (!first || !lookedUp || by === 'near') return first ? [first, ...rest] : []
  return [
    { ...first, column: unindexed(first.column, first.type === 'float8' ? 'number' : 'keyword') },
    ...rest,
  ]
}

function orderOf(index: SearchIndex, by: string, far: string): Key[] {
  const id = (down: boolean): Key => ({ column: 'd.id', down, type: 'text' })
  if (by === 'near') return [{ column: far, down: false, type: 'float8' }, id(false)]
  if (by === 'boost') return [{ column: 'd.boost', down: true, type: 'float8' }, id(true)]
  const keys = readSort(index, by).map(({ name, down }) => ({
    column: sortExpression(index, name),
    down,
    type: index.values[name] === 'number' ? 'float8' : 'text collate "C"',
  }))
  return [...keys, id(keys[0]?.down ?? false)]
}

function isAfter(
  keys: readonly Key[],
  after: { keys: readonly (string | number)[]; id: string },
  give: Give,
): string {
  const sides = keys.map((key, at) => ({
    ...key,
    value: `${give(at < after.keys.length ? after.keys[at] : after.id)}::${key.type}`,
  }))
  const beyond = (down: boolean) => (down ? '<' : '>')
  const [first] = sides
  if (first && sides.every(({ down }) => down === first.down))
    return `(${sides.map(({ column }) => column).join(', ')}) ${beyond(first.down)} (${sides.map(({ value }) => value).join(', ')})`
  return sides.reduceRight(
    (inner, { column, down, value }) =>
      `(${column} ${beyond(down)} ${value}${inner ? ` or (${column} = ${value} and ${inner})` : ''})`,
    '',
  )
}
