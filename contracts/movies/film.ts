import { z } from 'zod'
import { LocalDate, MovieId, text, Version } from '../common.ts'

export const Rating = z.object({ average: z.number().nullable(), count: z.int() })
export const MovieSummary = z.object({
  id: MovieId,
  title: z.string(),
  year: z.int().nullable(),
  releaseDate: LocalDate.nullable(),
  runtimeMinutes: z.int().nullable(),
  genres: z.array(z.string()),
  certificate: z.string().nullable(),
  posterUrl: z.string(),
  rating: Rating,
})
export type MovieSummary = z.infer<typeof MovieSummary>
export const ExternalIds = z.object({
  imdb: text(200).optional(),
  wikipedia: text(200).optional(),
  tmdb: text(200).optional(),
})
export const Movie = MovieSummary.extend({
  originalTitle: z.string().nullable(),
  overview: z.string(),
  cast: z.array(z.string()),
  directors: z.array(z.string()),
  languages: z.array(z.string()),
  countries: z.array(z.string()),
  externalIds: ExternalIds,
  trailerUrl: z.string().optional(),
  version: Version,
})
export type Movie = z.infer<typeof Movie>

/** What may be said of a film. */
export const filmFields = {
  title: text(500),
  originalTitle: text(500).nullable(),
  year: z.int().min(1870).max(2200).nullable(),
  releaseDate: LocalDate.nullable(),
  runtimeMinutes: z.int().min(1).max(1500).nullable(),
  genres: z.array(text(40)).max(20),
  certificate: text(20).nullable(),
  overview: text(5000, 0),
  cast: z.array(text(120)).max(200),
  directors: z.array(text(120)).max(30),
  languages: z.array(text(60)).max(30),
  countries: z.array(text(60)).max(30),
  externalIds: ExternalIds,
  trailerUrl: z.url({ protocol: /^https$/ }).max(500),
}
export const MovieDraft = z.object({
  title: filmFields.title,
  originalTitle: filmFields.originalTitle.default(null),
  year: filmFields.year.default(null),
  releaseDate: filmFields.releaseDate.default(null),
  runtimeMinutes: filmFields.runtimeMinutes.default(null),
  genres: filmFields.genres.default([]),
  certificate: filmFields.certificate.default(null),
  overview: filmFields.overview.default(''),
  cast: filmFields.cast.default([]),
  directors: filmFields.directors.default([]),
  languages: filmFields.languages.default([]),
  countries: filmFields.countries.default([]),
  externalIds: filmFields.externalIds.default({}),
  trailerUrl: filmFields.trailerUrl.optional(),
})
export type MovieDraft = z.infer<typeof MovieDraft>
