import type { Reading } from '@marquee/kit/sql'
import { z } from 'zod'

type Line = { userId: string; handle: string; name: string }
type Wish = { userId: string; cursor: string | undefined; limit: number }

const Place = z.tuple([z.iso.datetime().max(40), z.uuid()])
const sides = {
  followers: { one: 'followee_id', other: 'follower_id' },
  following: { one: 'follower_id', other: 'followee_id' },
} as const

/** Who follows a person or whom they follow, newest first; undefined for a cursor that is none. */
export async function listFollows(
  db: Reading,
  side: keyof typeof sides,
  { userId, cursor, limit }: Wish,
): Promise<{ items: Line[]; nextCursor: string | null } | undefined> {
  const after = cursor === undefined ? undefined : readPlace(cursor)
  if (cursor !== undefined && !after) return undefined
  const { one, other } = sides[side]
  const rest = after ? `and (f.followed_at, f.${other}) < ($3::timestamptz, $4::uuid)` : ''
  const { rows } = await db.query<Line & { followedAt: Temporal.Instant }>(
    `select p.user_id as "userId", p.handle, p.name, f.followed_at as "followedAt"
       from follows f join people p on p.user_id = f.${other} and not p.erased
      where f.${one} = $1 ${rest}
      order by f.followed_at desc, f.${other} desc limit $2::int`,
    [userId, limit + 1, ...(after ?? [])],
  )
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ userId: id, handle, name }) => ({ userId: id, handle, name })),
    nextCursor: last
      ? Buffer.from(JSON.stringify([last.followedAt.toString(), last.userId])).toString('base64url')
      : null,
  }
}

export async function isFollowing(db: Reading, followerId: string, followeeId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from follows where follower_id = $1 and followee_id = $2`,
    [followerId, followeeId],
    { name: 'reviews-is-following' },
  )
  return rowCount === 1
}

// Each of them is one look into the index of reviews.
const feedPeople = 500

/** Whom somebody followed last, as many as a feed is made of. */
export async function followedLast(db: Reading, followerId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select followee_id as id from follows where follower_id = $1
      order by followed_at desc, followee_id desc limit $2::int`,
    [followerId, feedPeople],
  )
  return rows.map(({ id }) => id)
}

function readPlace(cursor: string): [string, string] | undefined {
  try {
    const place = Place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return place.success && !place.data[0].startsWith('0000') ? place.data : undefined
  } catch {
    // A cursor is whatever a client sends.
    return undefined
  }
}
