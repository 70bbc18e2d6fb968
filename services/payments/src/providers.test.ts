import { createLogger, createMetrics } from '@marquee/kit/telemetry'
import { expect, test } from 'vitest'
import { paymentsConfig } from './config.ts'
import { openProviders } from './providers.ts'

function toldAtTheStart(settings: Record<string, unknown>): string {
  const lines: string[] = []
  openProviders(paymentsConfig.parse(settings), {
    now: () => Temporal.Now.instant(),
    metrics: createMetrics('payments'),
    log: createLogger({ service: 'payments', write: (line) => lines.push(line) }),
  }).close()
  return lines.join('\n')
}

test('payments without any method says at the start that nobody can pay, and what to give', () => {
  expect(toldAtTheStart({})).toContain('PAYMENTS_SANDBOX_URL')
})

test('payments with a method has nothing to say', () => {
  const sandbox = { sandboxUrl: 'http://127.0.0.1:9', sandboxSecret: 'a-secret-of-sixteen' }
  expect(toldAtTheStart(sandbox)).toBe('')
})
