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
