import { contract, group } from '@marquee/kit/contract'
import { ticketAdmitted } from './booking.ts'
import { userErased, userRegistered, userUpdated } from './identity.ts'
import { movieChanged } from './movies.ts'
import * as diary from './reviews/diary.ts'
import * as moving from './reviews/moving.ts'
import * as ratings from './reviews/ratings.ts'
import * as reviews from './reviews/reviews.ts'

export * from './reviews/diary.ts'
export * from './reviews/moving.ts'
export * from './reviews/ratings.ts'
export * from './reviews/reviews.ts'

/** Reviews keeps its own copy of films and of people's names. */
export const reviewsMoviesGroup = group('reviews.movies', [movieChanged])
export const reviewsPeopleGroup = group('reviews.people', [userRegistered, userUpdated, userErased])
export const reviewsAdmissionsGroup = group('reviews.admissions', [ticketAdmitted])
/** The stars beside reviews follow ratings, by way of this service's own event. */
export const reviewsStarsGroup = group('reviews.stars', [ratings.ratingsRecorded])
/** The viewing that an admitted ticket made has the stars that its owner rates the film with soon after. */
export const reviewsViewingsGroup = group('reviews.viewings', [ratings.ratingsRecorded])
/** Where a broker takes bursts, ratings are persisted by whoever takes these. */
export const reviewsIntakeGroup = group('reviews.intake', [ratings.ratingsGiven])
/** Comments, likes and reports go with their review, which tells how many they are. */
export const reviewsThreadsGroup = group('reviews.threads', [reviews.reviewRemoved, reviews.threadChanged])
/** What people wrote follows their names, and stands without one once they are erased. */
export const reviewsWritersGroup = group('reviews.writers', [userUpdated, userErased])

export const reviewsContract = contract('reviews', {
  endpoints: {
    putRating: ratings.putRating,
    getRating: ratings.getRating,
    deleteRating: ratings.deleteRating,
    ratingFigures: ratings.ratingFigures,
    ratingOf: ratings.ratingOf,
    importRatings: ratings.importRatings,
    importPeople: ratings.importPeople,
    createReview: reviews.createReview,
    listReviews: reviews.listReviews,
    myPartOfMovie: reviews.myPartOfMovie,
    getReview: reviews.getReview,
    updateReview: reviews.updateReview,
    deleteReview: reviews.deleteReview,
    listComments: reviews.listComments,
    createComment: reviews.createComment,
    deleteComment: reviews.deleteComment,
    likeReview: reviews.likeReview,
    unlikeReview: reviews.unlikeReview,
    reportReview: reviews.reportReview,
    listReports: reviews.listReports,
    decideReport: reviews.decideReport,
    listDiary: diary.listDiary,
    createDiaryEntry: diary.createDiaryEntry,
    updateDiaryEntry: diary.updateDiaryEntry,
    deleteDiaryEntry: diary.deleteDiaryEntry,
    getProfile: diary.getProfile,
    listPersonReviews: diary.listPersonReviews,
    listPersonDiary: diary.listPersonDiary,
    listFollowers: diary.listFollowers,
    listFollowing: diary.listFollowing,
    getFollow: diary.getFollow,
    follow: diary.follow,
    unfollow: diary.unfollow,
    getFeed: diary.getFeed,
    startImport: moving.startImport,
    listImports: moving.listImports,
    getImport: moving.getImport,
    listImportFilms: moving.listImportFilms,
    settleImport: moving.settleImport,
    exportLetterboxd: moving.exportLetterboxd,
    exportImdb: moving.exportImdb,
    exportImdbWatchlist: moving.exportImdbWatchlist,
    exportCommunity: moving.exportCommunity,
  },
  events: [
    ratings.ratingsRecorded,
    reviews.reviewPublished,
    reviews.reviewCommented,
    reviews.reviewRemoved,
    reviews.threadChanged,
  ],
  groups: [
    reviewsMoviesGroup,
    reviewsPeopleGroup,
    reviewsAdmissionsGroup,
    reviewsStarsGroup,
    reviewsViewingsGroup,
    reviewsIntakeGroup,
    reviewsThreadsGroup,
    reviewsWritersGroup,
  ],
  critical: false,
})
