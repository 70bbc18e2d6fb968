import type { CommentDocument, Stores } from './collections.ts'

type Wish = {
  reviewId: string
  /** Whose hidden comments to show among the others. */
  viewerId: string | undefined
  /** Shows everybody's hidden comments. */
  moderator: boolean
  cursor: string | undefined
  limit: number
}
type Thread = { items: CommentDocument[]; nextCursor: string | null }

const placePattern = /^\d{4}-[\d:.TZ-]{10,30}\/[\da-f-]{36}$/

/** A page of the comments under a review, oldest first; undefined for a cursor that is none. */
export async function readThread(comments: Stores['comments'], wish: Wish): Promise<Thread | undefined> {
  const { reviewId, viewerId, moderator, limit } = wish
  const after = wish.cursor === undefined ? '' : Buffer.from(wish.cursor, 'base64url').toString()
  if (wish.cursor !== undefined && !placePattern.test(after)) return undefined
  const rest = { place: { gt: after }, reviewId }
  const read = { order: ['place'], limit: limit + 1 } as const
  const [shown, hidden] = await Promise.all([
    comments.find({ ...read, where: { ...rest, status: 'published' } }),
    moderator
      ? comments.find({ ...read, where: { ...rest, status: 'hidden' } })
      : viewerId === undefined
        ? { items: [] }
        : comments.find({ ...read, where: { ...rest, status: 'hidden', writerId: viewerId } }),
  ])
  const all = [...shown.items, ...hidden.items].toSorted((a, b) => (a.place < b.place ? -1 : 1))
  const items = all.slice(0, limit)
  const last = all.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? Buffer.from(last.place).toString('base64url') : null }
}
