import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A rating as the baseline writes it. */
export type Rate = (rating: { userId: string; movieId: string; stars: number }) => Promise<unknown>

/** `PUT /api/movies/:id/rating` with nothing around it: no checks, no gathering, one upsert before each answer. */
export async function serveBareRatings(people: ReadonlyMap<string, string>, rate: Rate) {
  const server = createServer(async (request, response) => {
    const movieId = request.url?.split('/')[3] ?? ''
    const userId = people.get(request.headers.authorization?.slice('Bearer '.length) ?? '') ?? ''
    const { stars } = JSON.parse(await bodyOf(request))
    await rate({ userId, movieId, stars: stars * 2 })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ movieId, stars }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => resolve(body))
  })
}
