import { endpoint, nothing } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, LocalDate, MovieId, page, paging, text, UserId, Version } from '../common.ts'
import { Handle } from '../identity.ts'
import { Histogram, Stars } from './ratings.ts'
import { DiaryId, Review, ReviewId, SeenAt } from './reviews.ts'

export const FilmLine = z.object({
  id: MovieId,
  title: z.string(),
  year: z.int().nullable(),
  posterUrl: z.string(),
})
export const Visibility = z.enum(['public', 'followers', 'private'])
const Tag = text(40)

export const DiaryEntry = z.object({
  id: DiaryId,
  movie: FilmLine,
  watchedOn: LocalDate.nullable(),
  /** An admitted ticket's viewing has those that its owner rates the film with in the next fourteen days. */
  stars: Stars.nullable(),
  liked: z.boolean(),
  rewatch: z.boolean(),
  tags: z.array(z.string()),
  note: z.string(),
  visibility: Visibility,
  seenAt: SeenAt.nullable(),
  reviewId: ReviewId.nullable(),
  createdAt: Instant,
  version: Version,
})
export type DiaryEntry = z.infer<typeof DiaryEntry>

const fields = {
  watchedOn: LocalDate.nullable(),
  stars: Stars.nullable(),
  liked: z.boolean(),
  rewatch: z.boolean(),
  tags: z.array(Tag).max(20),
  note: text(2000, 0),
  visibility: Visibility,
}
const ofEntry = z.object({ diaryId: DiaryId })

export const listDiary = endpoint({
  method: 'GET',
  path: '/api/diary',
  summary: 'My diary, newest viewing first',
  access: ['user'],
  query: z.object({ movieId: MovieId.optional(), ...paging }),
  responses: { 200: page(DiaryEntry) },
})
/** Stars given here are also my rating of the film, unless it is rated and my diary has a later viewing of it. */
export const createDiaryEntry = endpoint({
  method: 'POST',
  path: '/api/diary',
  summary: 'Write down a viewing',
  access: ['user'],
  idempotent: true,
  limit: 'writing',
  body: z.object({
    movieId: MovieId,
    watchedOn: fields.watchedOn.default(null),
    stars: fields.stars.default(null),
    liked: fields.liked.default(false),
    rewatch: fields.rewatch.default(false),
    tags: fields.tags.default([]),
    note: fields.note.default(''),
    visibility: fields.visibility.default('public'),
  }),
  responses: { 201: DiaryEntry },
})
/**
 * Stars that the viewing did not have are my rating of the film as well, unless it is rated and my diary has a later
 * viewing of it. Whatever else is changed, and stars that are taken off, change no rating.
 */
export const updateDiaryEntry = endpoint({
  method: 'PATCH',
  path: '/api/diary/:diaryId',
  summary: 'Change a viewing',
  access: ['holder'],
  limit: 'writing',
  params: ofEntry,
  body: z.object(fields).partial(),
  responses: { 200: DiaryEntry },
})
/** No review says any more where the film was seen if an admitted ticket had made this viewing. */
export const deleteDiaryEntry = endpoint({
  method: 'DELETE',
  path: '/api/diary/:diaryId',
  summary: 'Remove a viewing',
  access: ['holder'],
  params: ofEntry,
  responses: { 204: nothing },
})

const ofPerson = z.object({ handle: Handle })
const PersonLine = z.object({ userId: UserId, handle: z.string(), name: z.string() })
export const Profile = PersonLine.extend({
  joinedAt: Instant,
  films: z.int(),
  ratings: z.int(),
  reviews: z.int(),
  followers: z.int(),
  following: z.int(),
  average: z.number().nullable(),
  histogram: Histogram,
  /** Most rated first; at most ten. */
  genres: z.array(z.object({ name: z.string(), count: z.int(), average: z.number() })),
  /** Ascending: 1990 stands for 1990 to 1999. */
  decades: z.array(z.object({ decade: z.int(), count: z.int() })),
  /** Viewings with a date by year, ascending. */
  years: z.array(z.object({ year: z.int(), viewings: z.int() })),
})
export type Profile = z.infer<typeof Profile>

export const getProfile = endpoint({
  method: 'GET',
  path: '/api/people/:handle',
  summary: 'A person in public, with figures',
  access: ['anyone'],
  cache: { seconds: 10, staleSeconds: 60, tags: ['person:{handle}'] },
  params: ofPerson,
  responses: { 200: Profile },
})
export const listPersonReviews = endpoint({
  method: 'GET',
  path: '/api/people/:handle/reviews',
  summary: 'What a person wrote, newest first',
  access: ['anyone'],
  params: ofPerson,
  query: z.object({ ...paging }),
  responses: { 200: page(Review) },
})
/** Private entries are only for their writer, followers' ones for followers. */
export const listPersonDiary = endpoint({
  method: 'GET',
  path: '/api/people/:handle/diary',
  summary: 'The viewings a person shows me, newest first',
  access: ['anyone'],
  params: ofPerson,
  query: z.object({ ...paging }),
  responses: { 200: page(DiaryEntry) },
})
export const listFollowers = endpoint({
  method: 'GET',
  path: '/api/people/:handle/followers',
  summary: 'Who follows a person, newest first',
  access: ['anyone'],
  params: ofPerson,
  query: z.object({ ...paging }),
  responses: { 200: page(PersonLine) },
})
export const listFollowing = endpoint({
  method: 'GET',
  path: '/api/people/:handle/following',
  summary: 'Whom a person follows, newest first',
  access: ['anyone'],
  params: ofPerson,
  query: z.object({ ...paging }),
  responses: { 200: page(PersonLine) },
})
export const getFollow = endpoint({
  method: 'GET',
  path: '/api/people/:handle/follow',
  summary: 'Whether I follow a person',
  access: ['user'],
  params: ofPerson,
  responses: { 200: z.object({ following: z.boolean() }) },
})
export const follow = endpoint({
  method: 'PUT',
  path: '/api/people/:handle/follow',
  summary: 'Follow a person',
  access: ['user'],
  limit: 'rating',
  params: ofPerson,
  responses: { 204: nothing },
})
export const unfollow = endpoint({
  method: 'DELETE',
  path: '/api/people/:handle/follow',
  summary: 'Follow a person no longer',
  access: ['user'],
  limit: 'rating',
  params: ofPerson,
  responses: { 204: nothing },
})
/** Newest first, from those I follow; of very many from the 500 I followed last. */
export const getFeed = endpoint({
  method: 'GET',
  path: '/api/feed',
  summary: 'Reviews by those I follow, newest first',
  access: ['user'],
  query: z.object({ ...paging }),
  responses: { 200: page(Review) },
})
