import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MovieSummary } from '../../api/types.ts'
import { Average } from '../../ui/average.tsx'
import { Poster } from '../../ui/poster.tsx'
import { runtimeInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { useGenres } from '../../util/use-genres.ts'

/** Films that fit, a ruled line each. */
export function FoundFilms({ films, variants }: { films: MovieSummary[]; variants: number[] }) {
  const { t } = useTranslation('site')
  const genre = useGenres()
  return (
    <section aria-labelledby="films">
      <h2 id="films" className="label-print">
        {t('search.films')}
      </h2>
      <ul className="mt-2 border-line border-b">
        {films.map((film, at) => {
          const facts = [
            film.year,
            film.runtimeMinutes ? runtimeInWords(film.runtimeMinutes) : null,
            film.genres.slice(0, 3).map(genre).join(', '),
          ]
          return (
            <li key={film.id} className="found-film">
              <Poster movieId={film.id} variant={variants[at]} eager={at < 6} className="found-film-poster" />
              <div className="min-w-0">
                <h3 className="text-2xl md:text-3xl">
                  <Link to={paths.film(film.id)} className="found-film-link">
                    <bdi>{film.title}</bdi>
                  </Link>
                </h3>
                <p className="mt-1 text-quiet text-sm">{facts.filter(Boolean).join(' · ')}</p>
              </div>
              <p className="condensed text-2xl">
                <Average rating={film.rating} />
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
