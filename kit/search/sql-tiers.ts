import type { SearchIndex } from './search-index.ts'
import {
  afterAll,
  areTelling,
  conditions,
  everyWord,
  type Give,
  matching,
  type Near,
  roomFor,
  unindexed,
} from './sql-conditions.ts'
import { type Shown, shownOf } from './sql-shown.ts'
import { shortBeginnings, type Tables, wordsColumn } from './sql-tables.ts'

export type Question = {
  folded: string
  words: string[]
  filters?: object | undefined
  near?: Near | undefined
}
export type After = { boost: number; id: string }
export type Statement = { text: string; values: unknown[] }
export type Hit = { id: string; tier: number; boost: number; title: string | null; shown?: Shown }

/** Exact titles, titles that begin so, then words by weight. */
export const tiersOf = ({ weights }: Tables) => Array.from({ length: 2 + weights.length }, (_, tier) => tier)

type Asked = { words: readonly string[] } & Pick<Question, 'filters' | 'near'>

/** Whether words are looked up, whatever the filters: one plan is good for all of them. */
export const areLookedUp = (index: SearchIndex, asked: Asked): boolean =>
  !asked.near && areTelling(index, asked.words, asked)

/** The tiers of titles come before those of words. */
export const isOfTitles = (tier: number): boolean => tier < 2

type Parts = {
  index: SearchIndex
  tables: Tables
  question: Question
  /** The values that come with each; without it nothing does but where it stands. */
  show?: readonly string[] | undefined
}
type Page = { after?: After | undefined; limit: number }

/** Tier after tier, each only when those before have too few: PostgreSQL stops when it has enough, or a few more. */
export function tiersStatement(parts: Parts, tiers: readonly number[], { after, limit }: Page): Statement {
  const values: unknown[] = []
  const give: Give = (value) => `$${values.push(value)}`
  const most = `limit ${roomFor(limit)}`
  const [first] = tiers
  const { tables, show } = parts
  const lists = tiers.map((tier) => {
    const write = isOfTitles(tier) ? titleTier : wordsTier
    return `(${write(parts, tier, give, tier === first ? after : undefined)} ${most})`
  })
  const shown = show
    ? `, (select ${shownOf('d', show)} from ${tables.docs} d where d.id = found.id) as shown`
    : ''
  return { text: `select *${shown} from (${lists.join(' union all ')}) found ${most}`, values }
}

function titleTier(
  { index, tables, question }: Parts,
  tier: number,
  give: Give,
  after: After | undefined,
): string {
  const { folded } = question
  const held = conditions(index, question, give, { lookedUp: areLookedUp(index, question) })
  const where = [
    ...(tier === 0 ? [`t.folded = ${give(folded)}::text`] : begins(tables, folded, give)),
    ...held,
    ...(after ? [`(t.boost, t.id) < (${give(after.boost)}::float8, ${give(after.id)}::text)`] : []),
  ]
  return `select t.id, ${tier} as tier, t.boost, min(t.title) as title
    from ${tables.titles} t ${held.length > 0 ? `join ${tables.docs} d on d.id = t.id` : ''}
    where ${where.join(' and ')} group by t.boost, t.id order by t.boost desc, t.id desc`
}

function begins({ titles }: Tables, folded: string, give: Give): string[] {
  const whole = `${give(folded)}::text`
  const length = [...folded].length
  const beginning = shortBeginnings.includes(length)
    ? [`left(t.folded, ${length}) = ${whole}`]
    : [`t.folded > ${whole}`, `t.folded < ${give(afterAll(folded))}::text`]
  const exact = `select from ${titles} e where e.id = t.id and e.folded = ${whole}`
  return [...beginning, `t.folded <> ${whole}`, `not exists (${exact})`]
}

/** Those whose words begin so, up to one weight, without those of the tiers before. */
function wordsTier(
  { index, tables, question }: Parts,
  tier: number,
  give: Give,
  after: After | undefined,
): string {
  const at = tier - 2
  const before = tables.weights[at - 1]
  const where = [
    ...matching(tables, at, question.words, give),
    // Written so that PostgreSQL takes it to hold mostly.
    `not (strpos(d.lines, ${give(`\n${question.folded}`)}::text) > 0)`,
    ...(before
      ? [`not ts_match_vq(d.${wordsColumn(before)}, ${give(everyWord(question.words))}::tsquery)`]
      : []),
    ...conditions(index, question, give, { lookedUp: areLookedUp(index, question) }),
    ...(after ? [`(d.boost, d.id) < (${give(after.boost)}::float8, ${give(after.id)}::text)`] : []),
  ]
  const boost = areTelling(index, question.words, question) ? unindexed('d.boost', 'number') : 'd.boost'
  return `select d.id, ${tier} as tier, d.boost, null::text as title from ${tables.docs} d
    where ${where.join(' and ')} order by ${boost} desc, d.id desc`
}
