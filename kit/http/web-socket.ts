import fastifyWebsocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { WebSocket } from 'ws'
import { doorOf } from './door.ts'

/** One open WebSocket, as far as a service may touch it. */
export type WebSocketChannel = {
  /** `taken` is called once the client has taken it. */
  send(text: string, taken?: () => void): void
  /** Bytes written that the client has not taken yet. */
  waiting(): number
  close(code: number, reason: string): void
  onClose(listener: () => void): void
}

/** Told while there is nothing else to tell, so that whoever listens can tell calm from a wire that fell silent. */
const beat = JSON.stringify({ type: 'beat' })
const beatEvery = 5000
const silentAfter = 3 * beatEvery
/** Who does not say goodbye within three seconds is not there any more; a server that ends waits for nobody longer. */
const serverOptions = { maxPayload: 4096, closeTimeout: 3000 }

/**
 * Opens a WebSocket route that only tells: what clients send is ignored, and more than 4 kB of it ends the
 * connection. `open` gets the query of the address. Every five seconds a beat, `{"type":"beat"}`, goes to everybody.
 */
export function webSocketRoute(
  app: FastifyInstance,
  path: `/${string}`,
  open: (channel: WebSocketChannel, query: unknown) => void,
): void {
  const { sockets, socketPaths } = doorOf(app)
  socketPaths.add(path)
  app.register(async (scope) => {
    if (!scope.hasDecorator('websocketServer'))
      await scope.register(fastifyWebsocket, { options: serverOptions })
    scope.get(path, { websocket: true }, (socket, request) => {
      // Without a listener a reset connection would end the process.
      socket.on('error', () => socket.terminate())
      sockets.add(socket)
      const beating = setInterval(() => {
        if (socket.readyState === socket.OPEN && socket.bufferedAmount === 0) socket.send(beat)
      }, beatEvery)
      socket.on('close', () => {
        clearInterval(beating)
        sockets.delete(socket)
      })
      open(
        {
          send: (text, taken) => {
            if (socket.readyState === socket.OPEN) socket.send(text, () => taken?.())
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

/** An instance for one watcher, none of `tried`; `done` says whether it was there. */
export type Upstream = (
  tried: readonly string[],
) => { address: string; done: (answered: boolean | 'unknown') => void } | undefined

/**
 * Opens the same WebSocket route in front of a service elsewhere: what it tells is handed on, and when it goes the
 * client is told to come back. An instance that does not answer is left for another, and so is one that falls silent. Of
 * a client that reads slowly the instance itself gets to know: nothing more is taken from it meanwhile.
 */
export function webSocketPassage(app: FastifyInstance, path: `/${string}`, upstream: Upstream): void {
  webSocketRoute(app, path, (channel, query) => {
    const asked = new URLSearchParams(query as Record<string, string>)
    const tried: string[] = []
    let gone = false
    let behind: WebSocket | undefined
    channel.onClose(() => {
      gone = true
      behind?.close()
    })
    reach()

    function reach(): void {
      const instance = gone ? undefined : upstream(tried)
      if (!instance) {
        channel.close(tryAgainLater, 'try again')
        return
      }
      tried.push(instance.address)
      const socket = new WebSocket(`${instance.address.replace(/^http/, 'ws')}${path}?${asked}`, {
        perMessageDeflate: false,
      })
      behind = socket
      let opened = false
      // Nobody says goodbye to whom nobody hears: a closing handshake would wait for ever.
      const slow = setTimeout(() => socket.terminate(), openWithin)
      const silent = setTimeout(() => (socket.isPaused ? silent.refresh() : socket.terminate()), silentAfter)
      socket.addEventListener('open', () => {
        opened = true
        clearTimeout(slow)
        instance.done(true)
      })
      socket.addEventListener('message', ({ data }) => {
        silent.refresh()
        // Our own route has a beat of its own.
        if (data === beat) return
        channel.send(String(data), goOn)
        if (channel.waiting() >= mostBytesWaiting) socket.pause()
      })
      socket.addEventListener('close', ({ code, reason }) => {
        clearTimeout(slow)
        clearTimeout(silent)
        if (opened) return channel.close(handedOn.has(code) ? code : tryAgainLater, reason || 'try again')
        // Who left before it opened says nothing about whom they asked.
        instance.done(gone ? 'unknown' : false)
        reach()
      })
      // A close follows, which tells the client.
      socket.addEventListener('error', () => {})

      function goOn(): void {
        if (!socket.isPaused || channel.waiting() >= mostBytesWaiting) return
        silent.refresh()
        socket.resume()
      }
    }
  })
}

const openWithin = 5000
const mostBytesWaiting = 64 * 1024
const policyViolation = 1008
const restarting = 1012
const tryAgainLater = 1013
const handedOn = new Set([policyViolation, restarting])
