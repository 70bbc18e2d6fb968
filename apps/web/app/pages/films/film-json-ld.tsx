import { useRouteLoaderData } from 'react-router'
import type { Movie } from '../../api/types.ts'
import type { ByTheater } from '../../programme/load-programme.ts'
import type { loader as rootLoader } from '../../root.tsx'
import { inMajorUnits } from '../../util/money.ts'
import { paths } from '../../util/path-builder.ts'

type Props = { film: Movie; theaters: ByTheater[] }

/** schema.org Movie and, for the day shown, its ScreeningEvents. */
export function FilmJsonLd({ film, theaters }: Props) {
  const origin = useRouteLoaderData<typeof rootLoader>('root')?.origin ?? ''
  const address = `${origin}${paths.film(film.id)}`
  const { average, count } = film.rating
  const movie = {
    '@type': 'Movie',
    '@id': address,
    name: film.title,
    url: address,
    image: `${origin}${paths.posterPicture(film.id)}`,
    description: film.overview || undefined,
    datePublished: film.releaseDate ?? undefined,
    duration: film.runtimeMinutes ? `PT${film.runtimeMinutes}M` : undefined,
    genre: film.genres,
    contentRating: film.certificate ?? undefined,
    director: film.directors.map((name) => ({ '@type': 'Person', name })),
    actor: film.cast.slice(0, 8).map((name) => ({ '@type': 'Person', name })),
    aggregateRating:
      average && count > 0
        ? {
            '@type': 'AggregateRating',
            ratingValue: average,
            ratingCount: count,
            bestRating: 5,
            worstRating: 0.5,
          }
        : undefined,
  }
  const screenings = theaters.flatMap(({ shows }) =>
    shows.map((show) => ({
      '@type': 'ScreeningEvent',
      name: film.title,
      url: `${origin}${paths.show(show.id)}`,
      startDate: show.startsAt,
      eventStatus: 'https://schema.org/EventScheduled',
      workPresented: { '@id': address },
      location: {
        '@type': 'MovieTheater',
        name: show.theaterName,
        url: `${origin}${paths.theater(show.theaterId)}`,
      },
      videoFormat: show.format ?? undefined,
      inLanguage: show.language ?? undefined,
      subtitleLanguage: show.subtitles ?? undefined,
      offers: {
        '@type': 'Offer',
        url: `${origin}${paths.show(show.id)}`,
        price: inMajorUnits(show.priceFrom),
        priceCurrency: show.priceFrom.currency,
        availability: `https://schema.org/${show.availability === 'none' ? 'SoldOut' : 'InStock'}`,
      },
    })),
  )
  return <JsonLd value={{ '@context': 'https://schema.org', '@graph': [movie, ...screenings] }} />
}

/** `<` is written as its escape, so that no title can end the script. */
export function JsonLd({ value }: { value: unknown }) {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c')
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every < escaped; a text child would be HTML-escaped
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}
