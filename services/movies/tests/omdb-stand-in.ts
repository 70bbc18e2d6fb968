import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Mood = 'well' | 'hangs' | 'fails' | 'breaks-off' | 'garbage' | 'endless' | 'limit-reached' | 'other-film'
type Film = Record<string, string>

/** Speaks OMDb's format over HTTP, knows the films it is given, and can be told to misbehave. */
export async function startOmdbStandIn({ key }: { key: string }) {
  const films = new Map<string, Film>()
  const asked: string[] = []
  let mood: Mood = 'well'
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://omdb').searchParams
    asked.push(query.get('i') ?? '')
    answer(response, query)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/`,
    /** The ids it was asked for, in order. */
    asked,
    knows(imdbId: string, film: Film) {
      films.set(imdbId, film)
    },
    forgets(imdbId: string) {
      films.delete(imdbId)
    },
    becomes(next: Mood) {
      mood = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }

  function answer(response: ServerResponse, query: URLSearchParams): void {
    if (mood === 'hangs') return
    if (mood === 'breaks-off') {
      response.writeHead(200, { 'content-length': '9000' }).write('{"Title":')
      setImmediate(() => response.destroy())
      return
    }
    if (mood === 'endless') {
      const flood = () => {
        while (response.writable && response.write('x'.repeat(65_536)));
        response.once('drain', flood)
      }
      response.writeHead(200)
      flood()
      return
    }
    const [status, text] = told(query)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(text)
  }

  function told(query: URLSearchParams): [status: number, text: string] {
    const imdbId = query.get('i') ?? ''
    if (mood === 'fails') return [500, '<html><h1>Internal Server Error</h1></html>']
    if (mood === 'garbage') return [200, '\u0000{"Title": ']
    if (mood === 'limit-reached') return refusal(401, 'Request limit reached!')
    if (!query.get('apikey')) return refusal(401, 'No API key provided.')
    if (query.get('apikey') !== key) return refusal(401, 'Invalid API key!')
    if (!/^tt\d{7,}$/.test(imdbId)) return refusal(200, 'Incorrect IMDb ID.')
    const film = films.get(imdbId)
    if (!film) return refusal(200, 'Error getting data.')
    const about = mood === 'other-film' ? 'tt9999999' : imdbId
    return [200, JSON.stringify({ ...film, imdbID: about, Response: 'True' })]
  }
}

const refusal = (status: number, error: string): [number, string] => [
  status,
  JSON.stringify({ Response: 'False', Error: error }),
]

/** A film as OMDb tells it. */
export const metropolis: Film = {
  Title: 'Metropolis',
  Year: '1927',
  Rated: 'Not Rated',
  Released: '13 Mar 1927',
  Runtime: '153 min',
  Genre: 'Drama, Sci-Fi',
  Director: 'Fritz Lang',
  Writer: 'Thea von Harbou, Fritz Lang',
  Actors: 'Brigitte Helm, Alfred Abel, Gustav Fröhlich',
  Plot: 'A sentence that belongs to somebody else.',
  Language: 'German, English',
  Country: 'Germany',
  Awards: 'N/A',
  Poster: 'N/A',
  Metascore: '98',
  imdbRating: '8.3',
  imdbVotes: '193,000',
  Type: 'movie',
  DVD: 'N/A',
  BoxOffice: '$1,236,166',
}
