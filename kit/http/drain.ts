import { Server } from 'node:net'
import { setImmediate as allRead, setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { doorOf } from './door.ts'

export type DrainOptions = {
  /** How long to go on accepting while readiness is red already, for balancers to notice; 0 unless told. */
  noticeMilliseconds?: number
  /** How long a connection may stay idle before it is closed, so that none closes under a request; 1,000 unless told. */
  idleMilliseconds?: number
}

/** The close code of a WebSocket whose server restarts, RFC 6455's registry. */
const restarting = 1012
const leastWindow = 500
const longestWindow = 5000

/**
 * Closes a door without dropping anybody: readiness turns red and every answer says `Connection: close`; then nobody
 * new is let in, WebSockets are told to come back within some time, what runs is finished, and what is idle is closed.
 */
export async function drain(
  app: FastifyInstance,
  { noticeMilliseconds = 0, idleMilliseconds = 1000 }: DrainOptions = {},
): Promise<void> {
  const door = doorOf(app)
  door.draining = true
  if (noticeMilliseconds > 0) await pause(noticeMilliseconds)
  if (app.server.listening) {
    // An HTTP server's own close would cut idle connections at once, on which a request may be under way.
    Server.prototype.close.call(app.server)
    tellSockets(door.sockets)
    await untilEmpty(app.server, idleMilliseconds)
    // A connection whose last request was under way would stay open until its client tires. What has come in meanwhile
    // is read first: on a busy machine a request may wait behind the very timer that finds its connection idle.
    const sweep = setInterval(() => setImmediate(() => app.server.closeIdleConnections()), 20)
    app.server.once('close', () => clearInterval(sweep))
    await allRead()
  }
  await app.close()
}

/** The reason names the time over which they should spread; a millisecond a socket. */
function tellSockets(sockets: ReturnType<typeof doorOf>['sockets']): void {
  const within = Math.min(longestWindow, leastWindow + sockets.size)
  for (const socket of sockets) socket.close(restarting, `restart; come back within ${within} ms`)
}

async function untilEmpty(server: Server, longest: number): Promise<void> {
  const ended = performance.now() + longest
  while ((await connectionsOf(server)) > 0 && performance.now() < ended) await pause(20)
}

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)))
