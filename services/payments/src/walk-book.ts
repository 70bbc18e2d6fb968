import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { z } from 'zod'
import { atMost } from './at-most.ts'
import { findAttempts, insertStray } from './attempt-store.ts'
import { findCursor, saveCursor } from './book-store.ts'
import { findPaid } from './ledger-view.ts'
import type { PaymentsMetrics } from './metrics.ts'
import { type BookEntry, type PaymentProvider, ProviderError } from './provider/provider.ts'
import type { SettleAttempts } from './settle-attempts.ts'
import type { SettleRefunds } from './settle-refunds.ts'
import type { TakeStrayRefund } from './take-stray-refund.ts'

type Deps = {
  db: Database
  providers: readonly PaymentProvider[]
  settleAttempt: SettleAttempts['settle']
  settleRefund: SettleRefunds['settle']
  takeStrayRefund: TakeStrayRefund
  metrics: PaymentsMetrics
  log: Logger
}

const Reference = z.uuid()

/**
 * Reads on in the providers' books and settles what we missed: a capture whose response and webhook were lost,
 * and captures and refunds that nobody here asked for, after a restore from a backup say. Returns how many entries it
 * read.
 */
export function createWalkBook(deps: Deps) {
  const { db, providers, settleAttempt, settleRefund, takeStrayRefund, metrics, log } = deps

  return async (): Promise<number> => {
    let read = 0
    for (const provider of providers) {
      try {
        read += await walk(provider)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        log.warn({ provider: provider.name, err: error }, 'the provider does not show its book')
      }
    }
    return read
  }

  async function walk(provider: PaymentProvider): Promise<number> {
    let seq = await findCursor(db, provider.name)
    let read = 0
    for (let more = true; more; ) {
      const page = await provider.readBook(seq)
      const ours = page.entries.filter(({ reference }) => Reference.safeParse(reference).success)
      await takeCaptures(
        provider,
        ours.filter(({ kind }) => kind === 'capture'),
      )
      await takeRefunds(
        provider,
        ours.filter(({ kind }) => kind === 'refund'),
      )
      seq = page.entries.at(-1)?.seq ?? seq
      // Only after its entries are settled: a crash reads them again.
      await saveCursor(db, provider.name, seq)
      read += page.entries.length
      more = page.more
    }
    return read
  }

  async function takeRefunds(provider: PaymentProvider, refunds: readonly BookEntry[]): Promise<void> {
    await atMost(64, refunds, ({ reference, providerId }) =>
      settleRefund({ refundId: reference, providerId }),
    )
    const paid = await findPaid(
      db,
      refunds.map(({ reference }) => reference),
    )
    const strays = refunds.filter(({ reference }) => !paid.has(reference))
    // One after the other: several may be of one capture.
    for (const stray of strays) await takeStrayRefund(provider.name, stray)
  }

  async function takeCaptures(provider: PaymentProvider, captures: readonly BookEntry[]): Promise<void> {
    const known = await findAttempts(
      db,
      captures.map(({ reference }) => reference),
    )
    for (const { reference: id, amount, currency, providerId } of captures) {
      if (known.has(id)) continue
      log.error(
        { attemptId: id, provider: provider.name },
        'a capture that nobody here asked for is given back',
      )
      await insertStray(db, { id, provider: provider.name, amount, currency, providerId })
      metrics.stray()
    }
    const news = captures.filter(({ reference }) => known.get(reference)?.capturedAmount == null)
    await atMost(256, news, async ({ reference, amount, currency, providerId }) => {
      await settleAttempt(reference, { status: 'captured', amount, currency, providerId })
    })
  }
}
