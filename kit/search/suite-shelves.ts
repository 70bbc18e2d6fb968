import { afterEach, beforeEach } from 'vitest'
import { type Search, type Searched, type SearchStore, type SearchWish, searchIndex } from './index.ts'

/** An adapter on an engine that is this test's own. */
export type SuiteEngine = { open: () => Search; close: () => Promise<void> }

export const books = searchIndex({
  name: 'suite-books',
  fields: { title: 'A', alsoCalled: 'A', writers: 'B', blurb: 'C' },
  titles: ['title', 'alsoCalled'],
  articles: ['the', 'a', 'an'],
  values: { topic: 'keyword[]', shelf: 'keyword', year: 'number', sold: 'number', lent: 'flag' },
  boost: 'sold',
  sorts: { newest: ['-year', '-sold'], shelf: ['shelf', 'year'] },
  located: true,
})
type Book = Searched<typeof books>
export type Wish = Omit<SearchWish<typeof books>, 'limit'> & { limit?: number }

export const book = (id: string, title: string, more: Partial<Book> = {}): Book => ({
  id,
  version: 1,
  title,
  ...more,
})

/** An adapter with an index of books, opened anew for each test, and the questions that tests ask of it. */
export function openShelves(prepare: () => Promise<SuiteEngine>) {
  let engine: SuiteEngine
  let opened: SearchStore<typeof books>
  const store = () => opened
  const find = async (wish: Wish) => {
    const page = await store().search({ limit: 50, ...wish })
    return page?.items.map(({ id }) => id)
  }
  const suggested = async (q: string, limit?: number) =>
    (await store().suggest(q, limit === undefined ? {} : { limit })).map(({ id }) => id)
  const pages = async (wish: Wish) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await store().search({ limit: 3, ...wish, cursor })
      if (!page) throw new Error('the cursor was refused')
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    return seen
  }

  beforeEach(async () => {
    engine = await prepare()
    opened = await engine.open().open(books)
  })
  afterEach(() => engine.close())
  return { engine: () => engine, store, find, pages, suggested }
}
export type Shelves = ReturnType<typeof openShelves>
