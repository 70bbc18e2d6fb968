/** The shapes of the public API that pages draw. Types only: no schema reaches the browser. */
import type { Me as MeSchema } from '@marquee/contracts/identity'
import type { suggestMovies } from '@marquee/contracts/movies'
import type { Notification as NotificationSchema } from '@marquee/contracts/notifications'
import type {
  FilmLine as FilmLineSchema,
  MyRating as MyRatingSchema,
  RatingFigures,
  Visibility as VisibilitySchema,
} from '@marquee/contracts/reviews'
import type {
  TheaterDetail as TheaterDetailSchema,
  Theater as TheaterSchema,
} from '@marquee/contracts/theaters'
import type { Home as HomeSchema, WatchlistLine as WatchlistLineSchema } from '@marquee/contracts/watchlist'
import type { z } from 'zod'

export type { Money } from '@marquee/contracts/common'
export type { Movie, MovieSummary } from '@marquee/contracts/movies'
export type {
  Comment,
  DiaryEntry,
  DoubtfulFilm,
  Import,
  ImportSummary,
  Profile,
  Report,
  Review,
} from '@marquee/contracts/reviews'
export type { Show } from '@marquee/contracts/theaters'
export type Suggestion = z.output<(typeof suggestMovies.responses)[200]>['items'][number]
export type FilmLine = z.output<typeof FilmLineSchema>
export type MyRating = z.output<typeof MyRatingSchema>
export type Figures = z.output<typeof RatingFigures> & { histogram: number[] }
export type Visibility = z.output<typeof VisibilitySchema>
export type Home = z.output<typeof HomeSchema>
export type WatchlistLine = z.output<typeof WatchlistLineSchema>
export type Notification = z.output<typeof NotificationSchema>
export type Me = z.output<typeof MeSchema>
export type Theater = z.output<typeof TheaterSchema>
export type TheaterDetail = z.output<typeof TheaterDetailSchema>

export type Items<Item> = { items: Item[]; nextCursor: string | null }

export type Problem = {
  status: number
  code: string
  title: string
  detail?: string
  errors?: { path: string; message: string }[]
}
