import type { Comment, Review } from '@marquee/contracts/reviews'
import type { CommentDocument, ReviewDocument } from './collections.ts'
import type { Evenings } from './evenings.ts'

type Who = { userId: string; handle: string; name: string }
export type Lookups = {
  people: { find: (ids: readonly string[]) => Promise<ReadonlyMap<string, Who>> }
  films: { findAll: (ids: readonly string[]) => Promise<ReadonlyMap<string, { title: string }>> }
}
type Present<Document, Shown> = (documents: readonly Document[]) => Promise<Shown[]>

/** Shows pages of reviews and comments with names, titles and evenings as they are now: one query of each for a page. */
export function createPresent({ people, films, evenings }: Lookups & { evenings: Evenings }): {
  reviews: Present<ReviewDocument, Review>
  comments: Present<CommentDocument, Comment>
} {
  return {
    async reviews(documents) {
      const [writers, about, evening] = await Promise.all([
        writersOf(documents),
        known(
          films.findAll,
          documents.map(({ movieId }) => movieId),
        ),
        evenings(documents.filter(({ diaryId, seenAt }) => diaryId !== null || seenAt !== null)),
      ])
      return documents.map((review) => ({
        id: review.id,
        movieId: review.movieId,
        movieTitle: about.get(review.movieId)?.title ?? '',
        author: author(writers, review.writerId),
        title: review.title,
        body: review.body,
        spoiler: review.spoiler,
        stars: review.stars,
        likes: review.likes,
        comments: review.comments,
        seenAt: evening.get(review.id)?.seenAt ?? null,
        viewedOn: evening.get(review.id)?.viewedOn ?? null,
        status: review.status,
        createdAt: review.createdAt,
        editedAt: review.editedAt,
        version: review.edition,
      }))
    },
    async comments(documents) {
      const writers = await writersOf(documents)
      return documents.map(({ id, reviewId, writerId, body, status, createdAt }) => ({
        id,
        reviewId,
        author: author(writers, writerId),
        body,
        status,
        createdAt,
      }))
    },
  }

  function writersOf(documents: readonly { writerId: string | null }[]) {
    return known(
      people.find,
      documents.flatMap(({ writerId }) => writerId ?? []),
    )
  }
}
export type Presenting = ReturnType<typeof createPresent>

async function known<One>(
  find: (ids: readonly string[]) => Promise<ReadonlyMap<string, One>>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, One>> {
  const wanted = [...new Set(ids)]
  return wanted.length === 0 ? new Map() : find(wanted)
}

function author(writers: ReadonlyMap<string, Who>, writerId: string | null): Who | null {
  const writer = writerId === null ? undefined : writers.get(writerId)
  return writer ? { userId: writer.userId, handle: writer.handle, name: writer.name } : null
}
