import { Link } from 'react-router'
import type { MovieSummary } from '../../api/types.ts'
import { Average } from '../../ui/average.tsx'
import { paths } from '../../util/path-builder.ts'
import './film-ranks.css'

type Props = { id: string; title: string; films: MovieSummary[]; withRating?: boolean }

/** Films in order, set like a table of contents: the place, the title, what speaks for it. */
export function FilmRanks({ id, title, films, withRating = false }: Props) {
  return (
    <section aria-labelledby={id} className="film-ranks">
      <h2 id={id}>{title}</h2>
      <ol>
        {films.map((film, at) => (
          <li key={film.id}>
            <span className="film-rank" aria-hidden="true">
              {at + 1}
            </span>
            <Link to={paths.film(film.id)} className="film-rank-title">
              <bdi>{film.title}</bdi>
            </Link>
            <span className="small-print">{film.year}</span>
            {withRating ? (
              <span className="film-rank-stars">
                <Average rating={film.rating} />
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
