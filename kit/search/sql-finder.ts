import { createHash } from 'node:crypto'
import type { Database, Queryable } from '../sql/index.ts'
import { type Order, type Place, readCursor, writeCursor } from './cursor.ts'
import { readQuestion, wordsOf } from './fold.ts'
import { createGuesses } from './guess.ts'
import type { Found, FoundPage, SearchStore, SearchWish } from './search.ts'
import type { SearchIndex } from './search-index.ts'
import { worthLookingUp } from './sql-conditions.ts'
import { type Listed, type ListWish, listStatement } from './sql-list.ts'
import type { Shown } from './sql-shown.ts'
import { readSort, type Tables } from './sql-tables.ts'
import {
  areLookedUp,
  type Hit,
  isOfTitles,
  type Question,
  type Statement,
  tiersOf,
  tiersStatement,
} from './sql-tiers.ts'

const nothing: FoundPage = { items: [], nextCursor: null, guessed: false }

/** What finds things in one index. All that a search asks goes over one connection. */
export function createFinder<Index extends SearchIndex>(
  db: Database,
  index: Index,
  tables: Tables,
): Pick<SearchStore<Index>, 'search' | 'suggest'> {
  const guesses = createGuesses(tables)
  return {
    search: ((wish: SearchWish<Index>) =>
      db.together((one) =>
        finderOver(one, { index, tables, guesses }).search(wish),
      )) as SearchStore<Index>['search'],
    suggest: ((q: string, wish: SuggestWish) =>
      db.together((one) =>
        finderOver(one, { index, tables, guesses }).suggest(q, wish),
      )) as SearchStore<Index>['suggest'],
  }
}

type Ranking = { limit: number; after?: Place | undefined; show?: readonly string[] }
type SuggestWish = { limit?: number; values?: readonly string[] }
type Finding<Index> = { index: Index; tables: Tables; guesses: ReturnType<typeof createGuesses> }

function finderOver<Index extends SearchIndex>(db: Queryable, { index, tables, guesses }: Finding<Index>) {
  // Prepared only where one plan is good for all: else how common the words are decides the plan.
  const run = async <Row extends object>(statement: Statement, planOnce = false) => {
    const kept = planOnce ? ({ name: digestOf(statement), plan: 'once' } as const) : {}
    return (await db.query<Row>(statement.text, statement.values, kept)).rows
  }

  /** One order. What was guessed of rare words is looked up by them: that is planned once. */
  const listed = (wish: Omit<ListWish, 'index' | 'tables'>, isRare = false) => {
    const { words, filters, near } = wish
    const planOnce = isRare || (words !== undefined && areLookedUp(index, { words, filters, near }))
    return run<Listed>(listStatement({ index, tables, ...wish }), planOnce)
  }

  /** Hits in the order of relevance, tier by tier until there are enough. */
  async function ranked(question: Question, { limit, after, show }: Ranking): Promise<Hit[]> {
    const parts = { index, tables, question, show }
    const isOfOnePlan = isRare(question) || areLookedUp(index, question)
    const hits: Hit[] = []
    const place = (tier: number) =>
      after?.at === tier ? { after: { boost: Number(after.keys[0]), id: after.id } } : {}
    const tiers = tiersOf(tables).filter((tier) => tier >= (after?.at ?? 0))
    // What is planned once for all is asked in one go.
    const turns = isOfOnePlan
      ? [tiers]
      : [tiers.filter(isOfTitles), tiers.filter((tier) => !isOfTitles(tier))]
    for (const turn of turns) {
      const [first] = turn
      if (first === undefined || hits.length >= limit) continue
      const page = { ...place(first), limit: limit - hits.length }
      const statement = tiersStatement(parts, turn, page)
      const planOnce = isOfOnePlan || (isPlain(question) && isOfTitles(first))
      hits.push(...(await run<Hit>(statement, planOnce)))
    }
    return hits.slice(0, limit)
  }

  async function search({
    q,
    filters,
    near,
    sort,
    limit,
    cursor,
  }: SearchWish<Index>): Promise<FoundPage | undefined> {
    const question = q === undefined ? undefined : { ...readQuestion(q), filters, near }
    const order = orderOf(index, { sort, near, asked: question !== undefined })
    const after = cursor === undefined ? undefined : readCursor(tables.mark, order, cursor)
    if (cursor !== undefined && !after) return undefined
    if (question?.words.length === 0) return nothing

    if (question && order.by === 'relevance' && (after?.at ?? 0) >= 0) {
      const hits = await ranked(question, { limit: limit + 1, after })
      if (hits.length > 0 || after)
        return pageOf(hits.map((hit) => ({ ...hit, keys: [hit.boost], at: hit.tier })))
      return (await guessed()) ?? nothing
    }
    const by = order.by === 'relevance' ? 'boost' : order.by
    if (after && after.at < 0) return (await guessed()) ?? nothing
    const words = question?.words
    const rows = await listed({ by, filters, near, after, limit: limit + 1, words })
    if (rows.length > 0 || after || !question) return pageOf(rows.map((row) => ({ ...row, at: 0 })))
    return (await guessed()) ?? nothing

    /** A guess is marked by -1 in the cursor: the same question makes the same guesses. */
    async function guessed(): Promise<FoundPage | undefined> {
      if (!question) return undefined
      if (!after && !isPlain(question) && (await isThere(question.words))) return undefined
      const guessedBy = order.by === 'relevance' ? 'boost' : order.by
      for await (const { guesses: likely, isRare } of guesses(db, question.words)) {
        const wish = { by: guessedBy, filters, near, after, limit: limit + 1, guesses: likely }
        const rows = await listed(wish, isRare)
        if (rows.length > 0) return { ...pageOf(rows.map((row) => ({ ...row, at: -1 }))), guessed: true }
      }
      return undefined
    }

    function pageOf(
      rows: { id: string; keys: (string | number)[]; at: number; distance?: number | null }[],
    ): FoundPage {
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map(present),
        nextCursor: last
          ? writeCursor(tables.mark, { by: order.by, at: last.at, keys: last.keys, id: last.id })
          : null,
        guessed: false,
      }
    }
  }

  /** Whether the words are found at all, so that a filter is what left nothing. */
  async function isThere(words: string[]): Promise<boolean> {
    const found = await listed({ by: 'boost', words, limit: 1 })
    return found.length > 0
  }

  async function suggest(q: string, { limit = 8, values: show = [] }: SuggestWish = {}) {
    const question = readQuestion(q)
    if (question.words.length === 0) return []
    const most = Math.min(limit, 20)
    const suggestion = ({ id, title, shown }: { id: string; title?: string | null; shown?: Shown }) => {
      const { titles, values } = shown ?? { titles: [], values: {} }
      return { id, title: title ?? bestTitle(titles, question.words), name: titles[0] ?? '', values }
    }
    const hits = await ranked(question, { limit: most, show })
    if (hits.length > 0) return hits.map(suggestion)
    for await (const { guesses: likely, isRare } of guesses(db, question.words)) {
      const rows = await listed({ by: 'boost', guesses: likely, limit: most, show }, isRare)
      if (rows.length > 0) return rows.slice(0, most).map(suggestion)
    }
    return []
  }

  return { search, suggest }
}

function orderOf(
  index: SearchIndex,
  { sort, near, asked }: { sort: string | undefined; near: object | undefined; asked: boolean },
): Order {
  if (sort !== undefined && sort !== 'relevance') {
    const keys = readSort(index, sort)
    if (keys.length === 0) throw new Error(`The search index ${index.name} has no order ${sort}`)
    return {
      by: sort,
      types: keys.map(({ name }) => (index.values[name] === 'number' ? 'number' : 'string')),
    }
  }
  return { by: near ? 'near' : asked ? 'relevance' : 'boost', types: ['number'] }
}

const present = ({ id, distance }: { id: string; distance?: number | null }): Found =>
  typeof distance === 'number' ? { id, distanceKm: distance } : { id }

/** The title that has most of the words, as they were asked for. */
function bestTitle(titles: readonly string[], words: readonly string[]): string {
  const scored = titles.map((title) => {
    const own = wordsOf(title)
    return { title, score: words.filter((word) => own.some((one) => one.startsWith(word))).length }
  })
  return scored.toSorted((a, b) => b.score - a.score)[0]?.title ?? ''
}

/** Long words are rare enough that one plan is good for all of them: planning would cost more than finding. */
function isRare(question: Question): boolean {
  return isPlain(question) && worthLookingUp(question.words).every((word) => word.length >= 5)
}

const isPlain = ({ filters, near }: Question): boolean =>
  !near && Object.values(filters ?? {}).every((wanted) => wanted === undefined)

const digestOf = ({ text }: Statement) => createHash('sha1').update(text).digest('base64url')
