import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { expect, test } from 'vitest'
import type { Movie } from '../../api/types.ts'
import { FilmJsonLd } from './film-json-ld.tsx'

const breakout = '</script><script>alert(1)</script><!--'
const film: Movie = {
  id: '018f0000-0000-7000-8000-000000000001',
  version: 1,
  title: breakout,
  originalTitle: null,
  year: 1927,
  releaseDate: null,
  runtimeMinutes: 90,
  genres: [breakout],
  certificate: null,
  posterUrl: '',
  rating: { average: null, count: 0 },
  overview: breakout,
  cast: [breakout],
  directors: [breakout],
  languages: [],
  countries: [],
  externalIds: {},
}

/** The head of a film's page, as it leaves the server. */
function pageOf(movie: Movie): string {
  const element = createElement(FilmJsonLd, { film: movie, theaters: [] })
  const router = createMemoryRouter([{ id: 'root', path: '/', element, loader: () => null }], {
    hydrationData: { loaderData: { root: { origin: 'https://cinema.example' } } },
  })
  return renderToStaticMarkup(createElement(RouterProvider, { router }))
}

test('whatever a film is called, its facts for search engines stay one script and say what was typed', () => {
  const html = pageOf(film)
  expect(html.match(/<\/?script|<!--/g)).toEqual(['<script', '</script'])
  const json = /^<script type="application\/ld\+json">(.*)<\/script>$/s.exec(html)?.[1] ?? ''
  expect(JSON.parse(json)).toMatchObject({
    '@graph': [
      {
        name: breakout,
        description: breakout,
        genre: [breakout],
        director: [{ name: breakout }],
        actor: [{ name: breakout }],
      },
    ],
  })
})
