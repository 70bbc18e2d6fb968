import type { Logger, Metrics } from '@marquee/kit/telemetry'
import type { PaymentsConfig } from './config.ts'
import { createJsonClient } from './provider/json-client.ts'
import type { PaymentProvider } from './provider/provider.ts'
import { createSandboxProvider } from './provider/sandbox.ts'

export type Providers = {
  all: readonly PaymentProvider[]
  find: (name: string) => PaymentProvider | undefined
  /** Throws when it is not configured (any more). */
  get: (name: string) => PaymentProvider
  close: () => void
}

/** The providers that the configuration names. */
export function openProviders(
  config: PaymentsConfig,
  { now, metrics, log }: { now: () => Temporal.Instant; metrics: Metrics; log: Logger },
): Providers {
  const { sandboxUrl, providerCalls, providerTimeoutMs, webhookToleranceSeconds } = config
  let known = config.sandboxSecret ?? ''
  const secret = () => {
    // Taken away while it runs, it stays the last one: an empty secret would be everybody's.
    known = config.sandboxSecret ?? known
    return known
  }
  const all: PaymentProvider[] = []
  const closing: (() => void)[] = []
  if (sandboxUrl && config.sandboxSecret) {
    const { call, close } = createJsonClient({
      name: 'sandbox',
      baseUrl: sandboxUrl,
      secret,
      sockets: providerCalls,
      timeoutMs: providerTimeoutMs,
      metrics,
    })
    closing.push(close)
    all.push(
      createSandboxProvider({
        client: call,
        secret,
        toleranceSeconds: webhookToleranceSeconds,
        now,
      }),
    )
  }
  if (all.length === 0)
    log.warn('nobody can pay: PAYMENTS_SANDBOX_URL and PAYMENTS_SANDBOX_SECRET are not given')
  const find = (name: string) => all.find((provider) => provider.name === name)
  return {
    all,
    find,
    get(name) {
      const provider = find(name)
      if (!provider) throw new Error(`no provider ${name} is configured`)
      return provider
    },
    close: () => {
      for (const close of closing) close()
    },
  }
}
