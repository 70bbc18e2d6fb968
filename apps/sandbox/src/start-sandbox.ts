import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import { registerApi } from './api.ts'
import { Behaviour } from './behaviour.ts'
import { type BookRecord, createBook } from './book.ts'
import { registerChallenge } from './challenge.ts'
import { registerControls } from './controls.ts'
import { lockData } from './data-lock.ts'
import { openJournal } from './journal.ts'
import type { SandboxOptions } from './options.ts'
import { createProvider } from './provider.ts'
import { createTeller } from './teller.ts'

export type Sandbox = {
  url: string
  /** False once its folder was removed or taken: what it does from then on nobody will remember. */
  hasBook: () => boolean
  stop: () => Promise<void>
}

/** Opens the provider on its book. Throws when the folder is in use or the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { data, secret, test, lateMs } = options
  mkdirSync(data, { recursive: true })
  const lock = lockData(data)
  const now = () => Temporal.Now.instant()
  const behaviour = Behaviour.parse({})
  const book = createBook()
  // The journal holds only what this program wrote.
  const journal = await openJournal(join(data, 'book.jsonl'), (record) => book.apply(record as BookRecord))
  if (options.webhookUrl && options.webhookUrl !== book.endpoint()) {
    const record = { type: 'endpoint', url: options.webhookUrl } as const
    book.apply(record)
    journal.append(record)
  }

  let url = ''
  const publicUrl = () => options.publicUrl ?? url
  const teller = createTeller({ book, journal, behaviour, secret, publicUrl, now })
  const timers = new Set<NodeJS.Timeout>()
  const provider = createProvider({
    book,
    journal,
    now,
    newId: () => randomBytes(12).toString('base64url'),
    lateMs,
    later: (milliseconds, work) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        work()
      }, milliseconds)
      timers.add(timer)
    },
    tell: teller.tell,
  })

  const app = Fastify({ bodyLimit: 16_384, forceCloseConnections: true })
  app.get('/health', async () => ({ ok: true, program: 'marquee-sandbox', pid: process.pid }))
  await app.register(async (scope) =>
    registerApi(scope, { book, journal, provider, teller, behaviour, secret, publicUrl }),
  )
  await app.register(async (scope) => registerChallenge(scope, { book, provider }))
  if (test) registerControls(app, { behaviour, provider, teller })
  try {
    url = await app.listen({ port: options.port, host: options.host })
  } catch (error) {
    lock.release()
    throw error
  }
  teller.tellAll()

  return {
    url,
    hasBook: lock.isOurs,
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      await app.close()
      teller.stop()
      await journal.close()
      lock.release()
    },
  }
}
