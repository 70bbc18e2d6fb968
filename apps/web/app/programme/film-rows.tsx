import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Poster } from '../ui/poster.tsx'
import { ShowTime } from '../ui/show-time.tsx'
import { runtimeInWords } from '../util/dates.ts'
import { paths } from '../util/path-builder.ts'
import { useGenres } from '../util/use-genres.ts'
import type { ByTheater, FilmRow } from './load-programme.ts'

type Props = { rows: FilmRow[]; day: string; hideTheaters?: boolean }

/** The programme itself: a film a row, its times beside it, the times are the buttons. */
export function FilmRows({ rows, day, hideTheaters = false }: Props) {
  return (
    <ul>
      {rows.map((row, at) => (
        <li key={row.film.id} className="film-row">
          <Link
            to={paths.film(row.film.id, { date: day })}
            tabIndex={-1}
            aria-hidden="true"
            className="film-row-poster"
          >
            <Poster movieId={row.film.id} variant={row.variant} eager={at < 4} />
          </Link>
          <FilmFacts row={row} day={day} />
          <div className="film-row-times">
            {row.theaters.map((group) => (
              <TheaterTimes
                key={group.theaterId}
                group={group}
                film={row.film.title}
                nameless={hideTheaters}
              />
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

function FilmFacts({ row: { film }, day }: { row: FilmRow; day: string }) {
  const { t } = useTranslation('site')
  const genre = useGenres()
  const facts = [
    film.year,
    film.runtimeMinutes ? runtimeInWords(film.runtimeMinutes) : null,
    film.genres.slice(0, 2).map(genre).join(', '),
  ]
  return (
    <div className="film-row-facts">
      <h2 className="text-balance text-[1.625rem] leading-none md:text-4xl">
        <Link to={paths.film(film.id, { date: day })} className="no-underline hover:underline">
          <bdi>{film.title}</bdi>
        </Link>
      </h2>
      <p className="mt-2 text-quiet text-sm">
        {film.certificate ? (
          <span className="certificate">
            <span className="sr-only">{t('film.certificateLabel')} </span>
            {film.certificate}
          </span>
        ) : null}
        {facts.filter(Boolean).join(' · ')}
      </p>
    </div>
  )
}

export function TheaterTimes({
  group,
  film,
  nameless = false,
}: {
  group: ByTheater
  film: string
  nameless?: boolean
}) {
  const [first] = group.shows
  return (
    <section className="theater-times">
      {nameless ? null : (
        <h3 className="theater-name">
          <Link
            to={paths.theater(group.theaterId)}
            className="-my-2.5 inline-block py-3.5 no-underline hover:underline"
          >
            <bdi className="label-print">{group.theaterName}</bdi>
            {group.city ? (
              <>
                <span className="sr-only">, </span>
                <bdi className="small-print ms-2 font-normal md:ms-0 md:block">{group.city}</bdi>
              </>
            ) : null}
          </Link>
        </h3>
      )}
      <ul className="times">
        {group.shows.map((show) => (
          <li key={show.id}>
            <ShowTime show={show} label={`${film}, ${first?.theaterName ?? ''}, ${show.screenName}`} />
          </li>
        ))}
      </ul>
    </section>
  )
}
