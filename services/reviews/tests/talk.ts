import { randomUUIDv7 } from 'node:crypto'
import { userRegistered } from '@marquee/contracts/identity'
import { person } from '@marquee/kit/testing'
import type { Club } from './film-club.ts'

export type Member = ReturnType<Club['as']> & { userId: string; handle: string; name: string }

let joined = 0

/** Statements about what this service keeps. */
export const anyTable = /\b(from|into|update)\s+(documents_|people|movies|ratings|diary|follows|admissions)/

/** Somebody with an account, known to this service, and what they can do. */
export async function join(club: Club, name = 'Robin'): Promise<Member> {
  joined += 1
  const userId = randomUUIDv7()
  const handle = `member_${joined}`
  const told = { userId, email: `${handle}@people.example`, name, handle }
  await club.deliver(userRegistered, told, { key: userId, version: 1 })
  return Object.assign({}, club.as(person(userId)), { userId, handle, name })
}

/** Every item of a list, page by page. */
export async function wholeList<Item>(
  page: (cursor: { cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const read: { items: Item[]; nextCursor: string | null } = await page(cursor ? { cursor } : {})
    items.push(...read.items)
    cursor = read.nextCursor
  } while (cursor)
  return items
}
