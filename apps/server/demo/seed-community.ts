import type { reviewsContract } from '@marquee/contracts/reviews'
import type { watchlistContract } from '@marquee/contracts/watchlist'
import type { Client } from '@marquee/kit/contract'
import type { Clock } from '@marquee/kit/service'
import { demoAccounts } from '../src/demo-accounts.ts'
import { pick, randomOf } from './chance.ts'
import { type DemoReview, readReviews } from './read-reviews.ts'

export type CommunityClients = {
  reviews: Client<typeof reviewsContract.endpoints>
  watchlist: Client<typeof watchlistContract.endpoints>
}
type Member = { userId: string; handle: string }
type Film = { id: string; title: string; year: number; popularity: number }
type Deps = CommunityClients & { clock: Clock }
type World = { people: readonly Member[]; films: readonly Film[] }

const ratingsEach = 45
const wanted = [
  'Nosferatu',
  'The Seventh Seal',
  'Mulholland Drive',
  'Coco',
  'Anatomy of a Fall',
  'Poor Things',
]
const tastes = [2.5, 3, 3.5, 3.5, 4, 4, 4.5, 4.5, 5]

/** What people of the demo rated, wrote, saw and want to see; nothing once one of them has rated anything. */
export async function seedCommunity(deps: Deps, { people, films }: World): Promise<number> {
  const { reviews, watchlist, clock } = deps
  const alice = people.find(({ handle }) => handle === 'alice')
  const told = readReviews().flatMap((review) => placed(review, { people, films }))
  const first = told[0]
  if (!alice || !first) return 0
  const standing = await reviews.as(asPerson(alice)).attempt.getRating({ movieId: first.film.id })
  if (!standing.ok || standing.value.stars !== null) return 0

  const now = clock.now()
  const written = told.map(({ film, writer, stars }) => ({ userId: writer.userId, movieId: film.id, stars }))
  const others = people.flatMap((person) => tasteOf(person, films))
  const known = new Set(written.map(({ userId, movieId }) => `${userId} ${movieId}`))
  const ratings = [...written, ...others.filter(({ userId, movieId }) => !known.has(`${userId} ${movieId}`))]
  await reviews.asService().importRatings({
    ratings: ratings.map((rating, at) => ({
      ...rating,
      ratedAt: now.subtract({ hours: 3 * (ratings.length - at) }).toString(),
    })),
  })
  for (const { film, writer, headline, body, spoiler } of told)
    await reviews
      .as(asPerson(writer))
      .attempt.createReview({ movieId: film.id, title: headline, body, spoiler })
  await talk(deps, told)
  await keepDiary(deps, alice, { told, now })
  await watchlist.asService().attempt.importWatchlist({
    userId: alice.userId,
    films: films
      .filter(({ title }) => wanted.includes(title))
      .map(({ id }, at) => ({ movieId: id, addedAt: now.subtract({ hours: 24 * (at + 1) }).toString() })),
  })
  return told.length
}

type Placed = DemoReview & { film: Film; writer: Member }

function placed(review: DemoReview, { people, films }: World): Placed[] {
  const film = films.find(({ title, year }) => title === review.title && year === review.year)
  const writer = people.find(({ handle }) => handle === review.by)
  return film && writer ? [{ ...review, film, writer }] : []
}

/** The same stars for the same films every time, the better known ones first. */
function tasteOf({ userId, handle }: Member, films: readonly Film[]) {
  const random = randomOf(`taste of ${handle}`)
  return films
    .toSorted((one, other) => other.popularity - one.popularity)
    .filter(() => random() < 0.6)
    .slice(0, ratingsEach)
    .map(({ id }) => ({ userId, movieId: id, stars: pick(tastes, random) }))
}

/** A few likes, and an answer. */
async function talk({ reviews }: Deps, told: readonly Placed[]): Promise<void> {
  const mine = await Promise.all(
    [...Map.groupBy(told, ({ writer }) => writer)].map(([writer, of]) => ({
      writer,
      films: of.map(({ film }) => film),
    })),
  )
  for (const { writer } of mine)
    for (const { film } of told.filter((one) => one.writer !== writer).slice(0, 6)) {
      const { items } = await reviews.asService().listReviews({ movieId: film.id })
      const [other] = items.filter(({ author }) => author?.userId !== writer.userId)
      if (other) await reviews.as(asPerson(writer)).attempt.likeReview({ reviewId: other.id })
    }
  const nap = told.find(
    ({ headline, title, by }) => title.startsWith('2001') && by === 'bob' && headline === null,
  )
  const alice = told.find(({ by }) => by === 'alice')?.writer
  if (!nap || !alice) return
  const { items } = await reviews.asService().listReviews({ movieId: nap.film.id })
  const review = items.find(({ author }) => author?.userId === nap.writer.userId)
  if (review)
    await reviews
      .as(asPerson(alice))
      .attempt.createComment({ reviewId: review.id, body: 'You slept through the monolith? Which one?' })
}

type Kept = { told: readonly Placed[]; now: Temporal.Instant }

async function keepDiary({ reviews }: Deps, alice: Member, { told, now }: Kept): Promise<void> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const seen = told.filter(({ by }) => by === 'alice')
  for (const [at, { film, stars }] of seen.entries())
    await reviews.as(asPerson(alice)).attempt.createDiaryEntry({
      movieId: film.id,
      watchedOn: today.subtract({ days: 6 + 9 * at }).toString(),
      stars,
      liked: stars >= 4.5,
      tags: at % 3 === 0 ? ['with friends'] : [],
    })
}

const asPerson = ({ userId }: Member) => ({ kind: 'user' as const, userId, roles: ['user' as const] })

/** Demo accounts with their ids. */
export function membersOf(items: readonly { id: string; email: string }[]): Member[] {
  return demoAccounts.flatMap(({ email, handle }) => {
    const known = items.find((item) => item.email === email)
    return known ? [{ userId: known.id, handle }] : []
  })
}
