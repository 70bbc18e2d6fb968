import { describe } from 'vitest'
import { createServiceEvents, type Envelope, eventsMigrations } from '../events/index.ts'
import { createMetrics, silentLogger } from '../telemetry/index.ts'
import { testDatabase } from '../testing/index.ts'
import { documentsSuite } from './documents-suite.ts'
import { createSqlDocuments } from './index.ts'

describe('documents in PostgreSQL', () => {
  documentsSuite(async () => {
    const database = await testDatabase({
      schema: 'suite',
      also: [{ name: 'events', from: eventsMigrations }],
    })
    const heard: Envelope[] = []
    const events = createServiceEvents({
      db: database.db,
      bus: { deliver: async (some: Envelope[]) => void heard.push(...some) } as never,
      log: silentLogger,
      metrics: createMetrics('suite'),
    })
    const opened: ReturnType<typeof createSqlDocuments>[] = []
    return {
      open() {
        const documents = createSqlDocuments({ db: database.db, outbox: events.outbox })
        opened.push(documents)
        return documents
      },
      async relay() {
        await events.relay()
        return heard.splice(0)
      },
      async tidy() {
        for (const { jobs } of opened) for (const job of jobs) await job.work(new AbortController().signal)
      },
      close: () => database.close(),
    }
  })
})
