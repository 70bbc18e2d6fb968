import { useTranslation } from 'react-i18next'
import type { Profile } from '../../api/types.ts'
import { Engraving } from '../../community/engraving.tsx'
import { RatingFigures } from '../../community/rating-figures.tsx'
import { oneDigit } from '../../util/numbers.ts'
import { useGenres } from '../../util/use-genres.ts'
import './texts.ts'

/** A person's taste in figures, as a programme would print them. */
export function ProfileFigures({ profile }: { profile: Profile }) {
  const { t, i18n } = useTranslation('community')
  const genreName = useGenres()
  const { average, ratings, histogram, decades, genres, years } = profile
  if (ratings === 0 && years.length === 0) {
    return <p className="text-quiet">{t('profile.noFigures', { name: profile.name })}</p>
  }
  return (
    <div className="profile-figures">
      {ratings > 0 ? (
        <section aria-labelledby="stars">
          <h2 id="stars">{t('profile.stars')}</h2>
          <RatingFigures figures={{ average, count: ratings, histogram }} />
        </section>
      ) : null}
      {genres.length > 0 ? (
        <section aria-labelledby="genres">
          <h2 id="genres">{t('profile.genres')}</h2>
          <table className="profile-genres">
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('profile.genre')}</th>
                <th scope="col">{t('profile.filmsOf')}</th>
                <th scope="col">{t('profile.averageOf')}</th>
              </tr>
            </thead>
            <tbody>
              {genres.map((genre) => (
                <tr key={genre.name}>
                  <th scope="row">{genreName(genre.name)}</th>
                  <td className="text-quiet">{genre.count}</td>
                  <td>{oneDigit(genre.average, i18n.language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {decades.length > 1 ? (
        <section aria-labelledby="decades">
          <h2 id="decades">{t('profile.decades')}</h2>
          <Engraving
            label={t('profile.decades')}
            columns={fillDecades(decades).map(({ decade, count }) => ({
              key: decade,
              count,
              said: t('profile.decade', { decade, count }),
            }))}
            ends={[String(decades[0]?.decade ?? ''), String(decades.at(-1)?.decade ?? '')]}
          />
        </section>
      ) : null}
      {years.length > 0 ? (
        <section aria-labelledby="years">
          <h2 id="years">{t('profile.years')}</h2>
          <ul className="mt-2">
            {years.toReversed().map(({ year, viewings }) => (
              <li key={year} className="flex justify-between border-line border-t py-1.5">
                <span>{year}</span>
                <span className="text-quiet">{t('profile.viewings', { count: viewings })}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

/** A decade without films is a gap in the row, not a decade left out. */
function fillDecades(decades: Profile['decades']): Profile['decades'] {
  const first = decades[0]?.decade ?? 0
  const last = decades.at(-1)?.decade ?? first
  const counts = new Map(decades.map(({ decade, count }) => [decade, count]))
  const length = Math.min(30, (last - first) / 10 + 1)
  return Array.from({ length }, (_, at) => {
    const decade = first + at * 10
    return { decade, count: counts.get(decade) ?? 0 }
  })
}
