import { useTranslation } from 'react-i18next'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { everything, found, gently } from '../../api/load.ts'
import type { Figures } from '../../api/types.ts'
import { posterColours } from '../../art/poster/index.ts'
import { RatingFigures } from '../../community/rating-figures.tsx'
import { apiOf } from '../../context.ts'
import { byTheater } from '../../programme/load-programme.ts'
import { SocialTags } from '../../shell/social-tags.tsx'
import { Poster } from '../../ui/poster.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { isDay, runtimeInWords } from '../../util/dates.ts'
import { countryInWords, languageInWords } from '../../util/languages.ts'
import { oneDigit } from '../../util/numbers.ts'
import { paths } from '../../util/path-builder.ts'
import { useGenres } from '../../util/use-genres.ts'
import './film-voices.css'
import { FilmJsonLd } from './film-json-ld.tsx'
import { FilmMine } from './film-mine.tsx'
import { FilmReviews } from './film-reviews.tsx'
import { FilmTimes } from './film-times.tsx'
import { reviewSorts } from './review-list.ts'
import { useCountedFigures } from './use-counted-figures.ts'
import { useMyFilm } from './use-my-film.ts'
import { useMyStars } from './use-my-stars.ts'

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const movieId = params.movieId ?? ''
  const query = new URL(request.url).searchParams
  const sort = reviewSorts.find((one) => one === query.get('reviews')) ?? 'helpful'
  const cursor = query.get('after')?.slice(0, 500) || undefined
  const film = await found(api.movies.attempt.getMovie({ movieId }))
  const [shows, figures, reviews] = await Promise.all([
    everything((after) => api.theaters.listShows({ movieId, limit: 100, cursor: after })),
    gently(api.reviews.attempt.ratingFigures({ movieId })),
    gently(api.reviews.attempt.listReviews({ movieId, sort, cursor, limit: 10 })),
  ])
  const days = [...new Set(shows.map((show) => show.day))].sort()
  const wanted = query.get('date')
  const day = isDay(wanted) && days.includes(wanted) ? wanted : days[0]
  const today = shows.filter((show) => show.day === day)
  return {
    film,
    days,
    day,
    chosenDay: day === wanted ? day : undefined,
    theaters: byTheater(today),
    colours: posterColours(film),
    figures,
    reviews,
    sort,
  }
}

/** Another film is another page: what was begun for one does not go on with the next. */
export default function FilmPage() {
  const { film } = useLoaderData<typeof loader>()
  return <Film key={film.id} />
}

function Film() {
  const { t } = useTranslation('site')
  const { film, days, day, chosenDay, theaters, colours, figures, reviews, sort } =
    useLoaderData<typeof loader>()
  const my = useMyFilm(film.id)
  const rating = useMyStars(film.id, my)
  const counted = useCountedFigures(figures, my.mine.stars)
  const style = {
    '--film-dark-a': colours.dark[0],
    '--film-dark-b': colours.dark[1],
    '--film-light-a': colours.light[0],
    '--film-light-b': colours.light[1],
  }
  const heading = film.year ? `${film.title} (${film.year})` : film.title
  return (
    <article className="film-colours" style={style}>
      <title>{`${heading} · Marquee`}</title>
      <SocialTags
        title={heading}
        description={film.overview.slice(0, 200) || t('site.description')}
        path={paths.film(film.id)}
        picture={paths.posterPicture(film.id)}
        type="video.movie"
      />
      <FilmJsonLd film={film} theaters={theaters} />
      <div className="page film-page">
        <header className="film-page-head">
          <h1 className={`text-film-a ${film.title.length > 32 ? 'long-title' : ''}`}>{film.title}</h1>
          <Facts rating={counted ?? film.rating} />
        </header>
        <div className="film-page-poster">
          <Poster movieId={film.id} alt={t('film.posterAlt', { title: film.title })} eager />
        </div>
        <section className="film-page-times" aria-labelledby="times">
          <h2 id="times" className="sr-only">
            {t('film.times')}
          </h2>
          {day ? (
            <FilmTimes film={film} days={days} day={day} theaters={theaters} sort={sort} />
          ) : (
            <EmptyState title={t('film.noShows')}>{t('film.noShowsText')}</EmptyState>
          )}
        </section>
        <div className="film-page-mine">
          <FilmMine film={film} my={my} rating={rating} />
        </div>
        <section className="film-page-about" aria-labelledby="about">
          <h2 id="about" className="sr-only">
            {t('film.facts')}
          </h2>
          {film.overview ? (
            <p className="max-w-prose text-pretty text-lg" dir="auto">
              {film.overview}
            </p>
          ) : null}
          <Credits />
        </section>
      </div>
      <div className="page film-voices">
        <section className="film-ratings" aria-labelledby="ratings">
          <h2 id="ratings">{t('film.ratings')}</h2>
          {counted ? (
            <RatingFigures figures={counted} />
          ) : (
            <p className="text-quiet">{t('film.ratingsAway')}</p>
          )}
        </section>
        <FilmReviews film={film} first={reviews} sort={sort} date={chosenDay} my={my} />
      </div>
    </article>
  )
}

function Facts({ rating: { average, count } }: { rating: Pick<Figures, 'average' | 'count'> }) {
  const { t, i18n } = useTranslation('site')
  const genre = useGenres()
  const { film } = useLoaderData<typeof loader>()
  const facts = [
    film.year,
    film.runtimeMinutes ? runtimeInWords(film.runtimeMinutes) : null,
    film.genres.map(genre).join(', '),
  ]
  return (
    <p className="mt-3 text-quiet">
      {film.certificate ? (
        <span className="certificate">
          <span className="sr-only">{t('film.certificateLabel')} </span>
          {film.certificate}
        </span>
      ) : null}
      {facts.filter(Boolean).join(' · ')}
      {average && count > 0
        ? ` · ${t('film.rating', { average: oneDigit(average, i18n.language), count })}`
        : ''}
    </p>
  )
}

function Credits() {
  const { t, i18n } = useTranslation('site')
  const { film } = useLoaderData<typeof loader>()
  const credits = [
    [t('film.directors', { count: film.directors.length }), film.directors],
    [t('film.cast'), film.cast.slice(0, 8)],
    [t('film.countries'), film.countries.map((name) => countryInWords(name, i18n.language))],
    [t('film.languages'), film.languages.map((name) => languageInWords(name, i18n.language))],
  ] as const
  return (
    <dl className="credits">
      {credits
        .filter(([, names]) => names.length > 0)
        .map(([name, names]) => (
          <div key={name}>
            <dt className="text-quiet">{name}</dt>
            <dd>
              {names.map((one, at) => (
                <span key={one}>
                  {at > 0 ? ', ' : ''}
                  <bdi>{one}</bdi>
                </span>
              ))}
            </dd>
          </div>
        ))}
      {film.trailerUrl ? (
        <div>
          <dt className="text-quiet">{t('film.trailer')}</dt>
          <dd>
            <a href={film.trailerUrl} rel="noreferrer">
              {new URL(film.trailerUrl).host}
            </a>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
