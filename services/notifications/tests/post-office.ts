import type { Socket } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type PostOffice = {
  url: string
  letters: Email[]
  /** Resolves once so many letters have arrived. */
  arrived: (count: number) => Promise<void>
  /** Answers every letter with a temporary failure until it is opened again. */
  refuse: (refusing: boolean) => void
  /** Answers whoever writes to this address so, `550 5.1.1 no such user`, until it is told `undefined`. */
  turnAway: (address: string, reply: string | undefined) => void
  /** Hangs up on so many letters after it has taken them and before it says so. */
  hangUpOn: (letters: number) => void
  /** Those who are connected now. */
  connections: () => number
  close: () => Promise<void>
}

/** A real SMTP server that keeps what it is given. */
export async function openPostOffice(port = 0): Promise<PostOffice> {
  const letters: Email[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  let refusing = false
  const turnedAway = new Map<string, string>()
  let hangUps = 0
  const sockets = new Map<number, Socket>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    // What a reply says besides its number is for each test to tell.
    hideENHANCEDSTATUSCODES: true,
    onRcptTo({ address }, _session, done) {
      const reply = turnedAway.get(address)
      const responseCode = Number(reply?.slice(0, 3))
      done(reply ? Object.assign(new Error(reply.slice(4)), { responseCode }) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (refusing) return done(Object.assign(new Error('come back later'), { responseCode: 451 }))
        const letter = await PostalMime.parse(Buffer.concat(chunks))
        const isNew = letters.every(({ messageId }) => messageId !== letter.messageId)
        letters.push(letter)
        for (const one of waiting) if (letters.length >= one.count) one.resolve()
        if (hangUps > 0 && isNew) {
          hangUps -= 1
          return sockets.get(session.remotePort)?.destroy()
        }
        done()
      })
    },
  })
  server.server.on('connection', (socket: Socket) => sockets.set(socket.remotePort ?? 0, socket))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address()
  if (typeof address !== 'object' || !address) throw new Error('the post office has no address')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    arrived: (count) =>
      letters.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ count, resolve })),
    refuse: (value) => {
      refusing = value
    },
    turnAway: (address, reply) => {
      if (reply) turnedAway.set(address, reply)
      else turnedAway.delete(address)
    },
    hangUpOn: (count) => {
      hangUps = count
    },
    connections: () => server.connections.size,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
