import { anonymous, sentStatements } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Club, openClub } from './film-club.ts'
import { anyTable, join, type Member } from './talk.ts'

let club: Club
let robin: Member
let movieId: string
let reviewId: string
beforeAll(async () => {
  club = await openClub()
  robin = await join(club, 'Robin')
  for (const fill of fills) await club.db.query(fill)
  movieId = await one(`select id from movies order by id limit 1`)
  await robin.follow({
    handle: await one(`select handle as id from people where handle like 'reader%' limit 1`),
  })
  reviewId = (await robin.createReview({ movieId, body: 'Good.' })).id
  await robin.createDiaryEntry({ movieId, stars: 4, watchedOn: '2026-01-01' })
  await club.db.query('analyze')
}, 60_000)
afterAll(() => club.stop())
const one = async (text: string) => (await club.db.query<{ id: string }>(text)).rows[0]?.id ?? ''

/** 3,000 people, 2,000 films, 12,000 reviews with as many comments, likes and viewings. */
const fills = [
  `insert into people (user_id, version, handle, name, joined_at)
   select gen_random_uuid(), 1, 'reader_' || n, 'Person', clock() from generate_series(1, 3000) n`,
  `insert into movies (id, version, title, year, genres)
   select gen_random_uuid(), 1, 'Film ' || n, 1950, array['Drama'] from generate_series(1, 2000) n`,
  `create table pairs as
   select gen_random_uuid() as id, m.id as movie_id, p.user_id, n
     from generate_series(1, 12000) n
     join (select id, row_number() over (order by id) as place from movies) m on m.place = n % 200 + 1
     join (select user_id, row_number() over (order by user_id) as place from people) p on p.place = n / 4 % 3000 + 1`,
  `insert into documents_reviews (id, version, data)
   select id::text, 1, jsonb_build_object('movieId', movie_id, 'writerId', user_id, 'diaryId', null,
     'writerFilm', user_id || '/' || movie_id, 'slot', id, 'title', null, 'body', 'Good.', 'spoiler', false,
     'stars', n % 10 / 2.0 + 0.5, 'starsSequence', n, 'highest', n % 10 / 2.0 + 0.5, 'lowest', n % 10 / 2.0 + 0.5,
     'likes', n % 50, 'comments', 1, 'seenAt', null, 'status', 'published', 'createdAt', clock() - n * interval '1 minute',
     'editedAt', null, 'edition', 1, 'request', null, 'requestKey', id) from pairs`,
  `insert into documents_comments (id, version, data)
   select gen_random_uuid()::text, 1, jsonb_build_object('reviewId', id, 'writerId', user_id, 'body', 'Well.',
     'status', 'published', 'createdAt', clock(), 'place', n, 'request', null, 'requestKey', gen_random_uuid()) from pairs`,
  `insert into documents_likes (id, version, data)
   select id || '/' || user_id, 1, jsonb_build_object('reviewId', id, 'userId', user_id, 'movieId', movie_id) from pairs`,
  `insert into documents_reports (id, version, data)
   select id::text, 1, jsonb_build_object('reviewId', id, 'commentId', null, 'status', 'kept', 'reasons', '[]'::jsonb,
     'reporters', jsonb_build_array(user_id), 'reports', 1, 'decidedAt', null) from pairs`,
  `insert into diary (id, user_id, movie_id, watched_on, liked, rewatch, tags, note, visibility, created_at)
   select id, user_id, movie_id, '2026-01-01', false, false, '{}', '', 'public', clock() from pairs`,
  `insert into admissions (user_id, movie_id, show_id, theater_name, day)
   select user_id, movie_id, id, 'Kino', '2026-01-01' from pairs`,
  `insert into ratings (user_id, movie_id, stars, counted, sequence, rated_at)
   select distinct on (user_id, movie_id) user_id, movie_id, 8, 8, n, clock() from pairs`,
  `insert into follows (follower_id, followee_id, followed_at)
   select distinct a.user_id, b.user_id, clock() from pairs a join pairs b on b.n = a.n * 7 % 12000
    where a.user_id <> b.user_id`,
]

test('nothing that people ask reads a whole big table, and lists come sorted from their indexes', async () => {
  const everybody = club.as(anonymous)
  const { handle } = robin
  const asks: Record<string, () => Promise<unknown>> = {
    newest: () => everybody.listReviews({ movieId, sort: 'newest' }),
    helpful: () => everybody.listReviews({ movieId, sort: 'helpful' }),
    highest: () => everybody.listReviews({ movieId, sort: 'highest' }),
    lowest: () => everybody.listReviews({ movieId, sort: 'lowest' }),
    nextPage: async () => {
      const { nextCursor } = await everybody.listReviews({ movieId })
      await everybody.listReviews({ movieId, cursor: nextCursor ?? '' })
    },
    review: () => everybody.getReview({ reviewId }),
    mine: () => robin.myPartOfMovie({ movieId }),
    thread: () => robin.listComments({ reviewId }),
    comment: () => robin.createComment({ reviewId, body: 'Well.' }),
    like: () => robin.likeReview({ reviewId }),
    report: () => robin.reportReview({ reviewId, reason: 'Rude' }),
    edit: () => robin.updateReview({ reviewId, body: 'Better.' }),
    diary: () => robin.listDiary(),
    viewing: () => robin.createDiaryEntry({ movieId }),
    profile: () => everybody.getProfile({ handle }),
    theirDiary: () => everybody.listPersonDiary({ handle }),
    theirReviews: () => everybody.listPersonReviews({ handle }),
    followers: () => everybody.listFollowers({ handle }),
    following: () => everybody.listFollowing({ handle }),
    feed: () => robin.getFeed(),
    remove: () => robin.deleteReview({ reviewId }),
  }
  const whole: string[] = []
  let asked = 0
  for (const [name, ask] of Object.entries(asks))
    for (const { text, values } of await sentStatements(anyTable, ask)) {
      asked += 1
      const { rows } = await club.db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      const isList = /order by (viewed|coalesce)/.test(text) && name !== 'feed'
      const sortsLists = isList && plan.includes('Sort')
      if (/Seq Scan on/.test(plan) || sortsLists) whole.push(`${name}: ${text}\n${plan}`)
    }
  expect(whole).toEqual([])
  expect(asked).toBeGreaterThan(50)
})
