import { data } from 'react-router'

type Outcome<Value> = { ok: true; value: Value } | { ok: false; status: number }

/** The value of an attempt, or the error page that its status deserves. Ids that are no ids are simply not found. */
export async function found<Value>(attempt: Promise<Outcome<Value>>): Promise<Value> {
  const outcome = await attempt
  if (outcome.ok) return outcome.value
  throw data(null, { status: outcome.status === 422 ? 404 : outcome.status })
}

/** What a lesser part of a page says; nothing when it fails, or takes longer than the page should wait for it. */
export async function gently<Value>(
  attempt: Promise<Outcome<Value>>,
  patienceMs = 400,
): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined)
  })
  // A part that breaks must not take the page with it.
  const outcome = await Promise.race([attempt.catch(() => undefined), late])
  clearTimeout(timer)
  return outcome?.ok ? outcome.value : undefined
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
