import type { moviesContract } from '@marquee/contracts/movies'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import {
  askedFilms,
  endImport,
  extendLease,
  failImport,
  finishRows,
  handBackImport,
  keepAnswers,
  keepContent,
  type Leased,
  leaseImport,
  pendingRows,
} from './import-store.ts'
import { type ReadLimits, readImport } from './read/read-import.ts'
import type { WriteRows } from './write-rows.ts'

type Deps = {
  db: Database
  movies: Client<(typeof moviesContract)['endpoints']>
  writeRows: WriteRows
  limits: ReadLimits
  /** What was written shows on public pages of these people. */
  forgetPages: (userId: string) => Promise<void>
  now: () => Temporal.Instant
  log: Logger
}

const filmsAtOnce = 100
const rowsAtOnce = 500
// An hour of neighbours that do not answer.
const mostTries = 30
// A file whose reading was never finished so often ends whoever reads it.
const mostReadings = 5

/**
 * Works on what waits, one import after the other: read the file, recognise its films, write its rows. Each step
 * is kept before the next begins, so that after a crash another worker goes on where this one stopped. When the
 * process stops, it ends after the step in hand and another goes on at once.
 */
export function createRunImports({ db, movies, writeRows, limits, forgetPages, now, log }: Deps) {
  return async (stopping: AbortSignal): Promise<void> => {
    while (!stopping.aborted) {
      const one = await leaseImport(db)
      if (!one) return
      if (one.tries > (one.file ? mostReadings : mostTries)) {
        await failImport(db, one.id, {
          code: 'gave-up',
          detail: 'It could not be finished; try again later.',
        })
        continue
      }
      if (one.file && !(await read(one, one.file))) continue
      await recognise(one, stopping)
      await write(one, stopping)
      if (stopping.aborted) return handBackImport(db, one.id)
      await endImport(db, one.id)
      await forgetPages(one.userId)
    }
  }

  async function read({ id, fileName }: Leased, file: Buffer): Promise<boolean> {
    const content = await readImport({ name: fileName, bytes: file, now: now() }, limits)
    if (content.ok) {
      await db.transaction((tx) => keepContent(tx, id, content))
      return true
    }
    log.info({ importId: id, reason: content.reason }, 'a file could not be read')
    await failImport(db, id, { code: content.reason, detail: content.detail })
    return false
  }

  async function recognise({ id }: Leased, stopping: AbortSignal): Promise<void> {
    for (let asked = await askedFilms(db, id, filmsAtOnce); asked.length > 0 && !stopping.aborted; ) {
      const films = asked.map(({ key, hint }) => ({ key, ...hint }))
      const { items } = await movies.asService().matchMovies({ films })
      await keepAnswers(db, id, items)
      await extendLease(db, id)
      asked = await askedFilms(db, id, filmsAtOnce)
    }
  }

  async function write({ id, userId }: Leased, stopping: AbortSignal): Promise<void> {
    for (let rows = await pendingRows(db, id, rowsAtOnce); rows.length > 0 && !stopping.aborted; ) {
      const { written, skipped } = await writeRows(userId, rows)
      const numbers = rows.map(({ number }) => number)
      await db.transaction((tx) => finishRows(tx, id, { numbers, written, skipped }))
      rows = await pendingRows(db, id, rowsAtOnce)
    }
  }
}
