import { useRouteLoaderData } from 'react-router'
import type { TheaterDetail } from '../../api/types.ts'
import type { loader as rootLoader } from '../../root.tsx'
import { paths } from '../../util/path-builder.ts'
import { JsonLd } from '../films/film-json-ld.tsx'

/** schema.org MovieTheater. */
export function TheaterJsonLd({ theater }: { theater: TheaterDetail }) {
  const origin = useRouteLoaderData<typeof rootLoader>('root')?.origin ?? ''
  return (
    <JsonLd
      value={{
        '@context': 'https://schema.org',
        '@type': 'MovieTheater',
        name: theater.name,
        url: `${origin}${paths.theater(theater.id)}`,
        screenCount: theater.screens.length,
        address: {
          '@type': 'PostalAddress',
          streetAddress: theater.address,
          addressLocality: theater.city,
          addressCountry: theater.country,
        },
        geo: theater.location
          ? { '@type': 'GeoCoordinates', latitude: theater.location.lat, longitude: theater.location.lon }
          : undefined,
        currenciesAccepted: theater.currency,
      }}
    />
  )
}
