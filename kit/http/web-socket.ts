import fastifyWebsocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'

/** One open WebSocket, as far as a service may touch it. */
export type WebSocketChannel = {
  send(text: string): void
  /** Bytes written that the client has not taken yet. */
  waiting(): number
  close(code: number, reason: string): void
  onClose(listener: () => void): void
}

/**
 * Opens a WebSocket route that only tells: what clients send is ignored, and more than 4 kB of it ends the
 * connection. `open` gets the query of the address.
 */
export function webSocketRoute(
  app: FastifyInstance,
  path: `/${string}`,
  open: (channel: WebSocketChannel, query: unknown) => void,
): void {
  app.register(async (scope) => {
    if (!scope.hasDecorator('websocketServer'))
      await scope.register(fastifyWebsocket, { options: { maxPayload: 4096 } })
    scope.get(path, { websocket: true }, (socket, request) => {
      // Without a listener a reset connection would end the process.
      socket.on('error', () => socket.terminate())
      open(
        {
          send: (text) => {
            if (socket.readyState === socket.OPEN) socket.send(text)
          },
          waiting: () => socket.bufferedAmount,
          close: (code, reason) => socket.close(code, reason),
          onClose: (listener) => socket.on('close', listener),
        },
        request.query,
      )
    })
  })
}

/**
 * Opens the same WebSocket route in front of a service elsewhere: what it tells is handed on, and when it goes the
 * client is told to come back. `upstream` gives the address of an instance, undefined when none is known.
 */
export function webSocketPassage(
  app: FastifyInstance,
  path: `/${string}`,
  upstream: () => string | undefined,
): void {
  webSocketRoute(app, path, (channel, query) => {
    const address = upstream()
    if (address === undefined) return channel.close(tryAgainLater, 'try again')
    const asked = new URLSearchParams(query as Record<string, string>)
    const behind = new WebSocket(`${address.replace(/^http/, 'ws')}${path}?${asked}`)
    channel.onClose(() => behind.close())
    behind.addEventListener('message', ({ data }) => channel.send(String(data)))
    behind.addEventListener('close', ({ code, reason }) =>
      channel.close(code === policyViolation ? code : tryAgainLater, reason || 'try again'),
    )
    // A close follows, which tells the client.
    behind.addEventListener('error', () => {})
  })
}

const policyViolation = 1008
const tryAgainLater = 1013
