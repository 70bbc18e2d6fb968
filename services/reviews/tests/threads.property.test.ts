import { userErased } from '@marquee/contracts/identity'
import { admin, anonymous } from '@marquee/kit/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { join, type Member, wholeList } from './talk.ts'

const runs = Number(process.env.REVIEWS_RUNS ?? 12)
let club: Club
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.stop())

const who = fc.nat({ max: 3 })
const about = fc.nat({ max: 3 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), who }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('like' as const), who, about }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('unlike' as const), who, about }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('comment' as const), who, about }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop-comment' as const), about }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hide' as const), who, about }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('keep' as const), about }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), about }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), who }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

test('whatever people do at once, counts are what can be counted and nothing hangs in the air', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { maxLength: 8 }),
      async (rounds) => {
        const [movieId = ''] = await showFilms(club, 1)
        const members = await Promise.all([0, 1, 2, 3].map(() => join(club)))
        for (const round of rounds) {
          const stands = (await club.db.query<{ id: string }>(reviewsOf, [movieId])).rows.map(({ id }) => id)
          await Promise.all(round.map((one) => take(one, { movieId, members, stands })))
        }
        await club.processEvents()
        await check(movieId)
      },
    ),
    { numRuns: runs, endOnFailure: true },
  )
}, 120_000)

type Scene = { movieId: string; members: Member[]; stands: string[] }

/** Refusals are fine: somebody else was first. */
async function take(one: Step, { movieId, members, stands }: Scene): Promise<unknown> {
  const moderator = club.as(admin()).attempt
  const actor = 'who' in one ? members[one.who] : undefined
  const reviewId = 'about' in one ? stands[one.about % Math.max(1, stands.length)] : undefined
  if (one.kind === 'write') return actor?.attempt.createReview({ movieId, body: 'Well.' })
  if (one.kind === 'erase' && actor)
    return club.deliver(userErased, { userId: actor.userId }, { key: actor.userId, version: 9 })
  if (reviewId === undefined) return undefined
  switch (one.kind) {
    case 'like':
      return actor?.attempt.likeReview({ reviewId })
    case 'unlike':
      return actor?.attempt.unlikeReview({ reviewId })
    case 'comment':
      return actor?.attempt.createComment({ reviewId, body: 'Indeed.' })
    case 'drop-comment': {
      const thread = await moderator.listComments({ reviewId })
      const comment = thread.ok ? thread.value.items[0] : undefined
      return comment && moderator.deleteComment({ commentId: comment.id })
    }
    case 'hide': {
      const thread = await moderator.listComments({ reviewId })
      const commentId = thread.ok ? thread.value.items[0]?.id : undefined
      const wish = { reviewId, reason: 'Rude', ...(one.who > 1 && commentId ? { commentId } : {}) }
      const reported = await actor?.attempt.reportReview(wish)
      return reported?.ok && moderator.decideReport({ reportId: reported.value.id, decision: 'hide' })
    }
    case 'keep':
      return moderator.decideReport({ reportId: reviewId, decision: 'keep' })
    case 'remove':
      return moderator.deleteReview({ reviewId })
    default:
      return undefined
  }
}

const reviewsOf = `select id from documents_reviews where data ->> 'movieId' = $1 order by id`

async function check(movieId: string): Promise<void> {
  const { rows } = await club.db.query<
    Record<'id' | 'status', string> & Record<'likes' | 'comments' | 'liked' | 'said', number>
  >(
    `select id, data ->> 'status' as status, (data ->> 'likes')::int as likes, (data ->> 'comments')::int as comments,
            (select count(*) from documents_likes l where l.data ->> 'reviewId' = r.id) as liked,
            (select count(*) from documents_comments c
              where c.data ->> 'reviewId' = r.id and c.data ->> 'status' = 'published') as said
       from documents_reviews r where data ->> 'movieId' = $1`,
    [movieId],
  )
  for (const { likes, comments, liked, said } of rows)
    expect({ likes, comments }).toEqual({ likes: liked, comments: said })
  const everybody = club.as(anonymous)
  const listed = await wholeList((cursor) => everybody.listReviews({ movieId, limit: 2, ...cursor }))
  const published = rows.filter(({ status }) => status === 'published')
  expect(listed.map(({ id }) => id).sort()).toEqual(published.map(({ id }) => id).sort())
  const hanging = await club.db.query(
    `select 'like' as what from documents_likes hangs where data is not null and not exists ${itsReview}
     union all select 'comment' from documents_comments hangs where data is not null and not exists ${itsReview}
     union all select 'report' from documents_reports hangs where data is not null and not exists ${itsReview}
     union all select 'name' from documents_reviews r join people p on p.user_id::text = r.data ->> 'writerId' and p.erased
     union all select 'name' from documents_comments c join people p on p.user_id::text = c.data ->> 'writerId' and p.erased
     union all select 'like of nobody' from documents_likes l join people p on p.user_id::text = l.data ->> 'userId' and p.erased`,
  )
  expect(hanging.rows).toEqual([])
}

const itsReview = `(select from documents_reviews r where r.id = hangs.data ->> 'reviewId' and r.data is not null)`
