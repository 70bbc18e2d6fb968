import type { Caller } from '@marquee/kit/contract'

type Text = { writerId: string | null; status: 'published' | 'hidden' }

/** What moderators hid is still there for its writer, and for them. */
export function maySee({ writerId, status }: Text, { userId, roles }: Caller): boolean {
  return status === 'published' || roles.includes('admin') || (writerId !== null && writerId === userId)
}
