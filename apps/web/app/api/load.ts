import { data } from 'react-router'

type Outcome<Value> = { ok: true; value: Value } | { ok: false; status: number }

/** The value of an attempt, or the error page that its status deserves. Ids that are no ids are simply not found. */
export async function found<Value>(attempt: Promise<Outcome<Value>>): Promise<Value> {
  const outcome = await attempt
  if (outcome.ok) return outcome.value
  throw data(null, { status: outcome.status === 422 ? 404 : outcome.status })
}

type Page<Item> = { items: Item[]; nextCursor: string | null }

/** Reads a list to its end, at most ten pages of a hundred. */
export async function everything<Item>(read: (cursor?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 10; pages += 1) {
    const page = await read(cursor)
    items.push(...page.items)
    if (!page.nextCursor) break
    cursor = page.nextCursor
  }
  return items
}
