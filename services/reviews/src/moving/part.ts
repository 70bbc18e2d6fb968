import { every } from '@marquee/kit/events'
import { createForgetPages } from '../forget-pages.ts'
import type { Part, PartDeps } from '../part.ts'
import { commentDocuments, likeDocuments, reportDocuments, reviewDocuments } from '../reviews/collections.ts'
import { writerFilmOf } from '../reviews/review-fields.ts'
import type { WriteReview } from '../reviews/write-review.ts'
import { createBelongingsView } from './belongings-view.ts'
import { createExportRoutes } from './export-routes.ts'
import { createGesturesView } from './gestures-view.ts'
import { forgetImports } from './import-store.ts'
import { ownerOfImport } from './import-view.ts'
import { createImportRoutes } from './routes.ts'
import { createRunImports } from './run-imports.ts'
import { createWriteRows } from './write-rows.ts'

type Names =
  | 'startImport'
  | 'listImports'
  | 'getImport'
  | 'listImportFilms'
  | 'settleImport'
  | 'exportLetterboxd'
  | 'exportImdb'
  | 'exportImdbWatchlist'
  | 'exportCommunity'
type Deps = Pick<
  PartDeps,
  | 'cache'
  | 'clock'
  | 'db'
  | 'reads'
  | 'documents'
  | 'films'
  | 'ids'
  | 'importRatings'
  | 'log'
  | 'movies'
  | 'people'
  | 'watchlist'
> & { writeReview: WriteReview }

// More than thirty years of a film a day, with a rating, a review and a wish for each.
const limits = { rows: 50_000, skippedShown: 100, files: 500, bytes: 60_000_000 }

/** Moving in from elsewhere, and out again. */
export async function createMovingPart(deps: Deps): Promise<Part<Names>> {
  const {
    cache,
    clock,
    db,
    reads,
    documents,
    films,
    ids,
    importRatings,
    log,
    movies,
    people,
    watchlist,
    writeReview,
  } = deps
  const reviews = await documents.open(reviewDocuments)
  const comments = await documents.open(commentDocuments)
  const forget = createForgetPages({ cache, people })
  const reviewsOf = async ({ userId, movieId }: { userId: string; movieId: string }) =>
    (await reviews.find({ where: { writerFilm: writerFilmOf(userId, movieId) }, limit: 1000 })).items
  const writeRows = createWriteRows({ db, importRatings, writeReview, reviewsOf, watchlist, newId: ids.uuid })
  const forgetPages = (userId: string) => forget({ people: [userId] })
  const runImports = createRunImports({ db, movies, writeRows, limits, forgetPages, now: clock.now, log })
  const watchlistOf = async (userId: string) =>
    (await watchlist.asService().exportWatchlist({ userId })).items
  const ofImport = async ({ importId }: { importId: string }) => {
    const holderId = await ownerOfImport(db, importId)
    return holderId === undefined ? undefined : { holderId }
  }
  return {
    handlers: {
      ...createImportRoutes({ db, films, newId: ids.uuid }),
      ...createExportRoutes(
        createBelongingsView({ reads, films, reviews, comments, watchlistOf }),
        createGesturesView({
          reads,
          likes: await documents.open(likeDocuments),
          reports: await documents.open(reportDocuments),
        }),
      ),
    },
    guards: { getImport: ofImport, listImportFilms: ofImport, settleImport: ofImport },
    subscriptions: [],
    jobs: [every('run-imports', { milliseconds: 500 }, runImports)],
    forgetPerson: forgetImports,
  }
}
