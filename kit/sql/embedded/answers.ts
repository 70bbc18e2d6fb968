import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { isServerError } from '../sql-error.ts'

// PostgreSQL is starting, recovering or stopping.
const cannotConnectNow = '57P03'

/**
 * Waits until the server takes a connection; `stopped` ends the waiting early.
 * Answers 'ready', 'stopped', or the error that waiting does not cure (a wrong password).
 */
export async function untilAnswers(
  url: string,
  stopped: () => boolean,
  patience = 120_000,
): Promise<'ready' | 'stopped' | Error> {
  const deadline = performance.now() + patience
  for (;;) {
    const client = new pg.Client({ connectionString: url, application_name: 'marquee start' })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return 'ready'
    } catch (error) {
      if (isServerError(error) && error.code !== cannotConnectNow) return error
      if (stopped()) return 'stopped'
      if (performance.now() > deadline) return new Error(`no answer for ${patience / 1000} s`)
    }
    await delay(20)
  }
}
