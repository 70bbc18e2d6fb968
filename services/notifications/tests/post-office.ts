import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type PostOffice = {
  url: string
  letters: Email[]
  /** Resolves once so many letters have arrived. */
  arrived: (count: number) => Promise<void>
  /** Answers every letter with a temporary failure until it is opened again. */
  refuse: (refusing: boolean) => void
  close: () => Promise<void>
}

/** A real SMTP server that keeps what it is given. */
export async function openPostOffice(): Promise<PostOffice> {
  const letters: Email[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  let refusing = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (refusing) return done(Object.assign(new Error('come back later'), { responseCode: 451 }))
        letters.push(await PostalMime.parse(Buffer.concat(chunks)))
        for (const one of waiting) if (letters.length >= one.count) one.resolve()
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
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
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
