import { randomUUID } from 'node:crypto'
import { type EvaluationContext, OpenFeature } from '@openfeature/server-sdk'
import type { AnyFlag, BooleanFlag, Caller, VariantFlag } from '../contract/index.ts'
import type { Metrics } from '../telemetry/index.ts'
import { createConfigProvider } from './config-provider.ts'
import type { FlagRules } from './rule.ts'

type Person = Pick<Caller, 'userId' | 'visitor'>

/** Answers flags for a person: somebody with an account by its id, anybody else by what their browser was given. */
export type Flags = {
  isOn(flag: BooleanFlag, person: Person): Promise<boolean>
  variantOf<Variant extends string>(flag: VariantFlag<Variant>, person: Person): Promise<Variant>
}

/** Every flag as it usually is. */
export const usualFlags: Flags = {
  isOn: async (flag) => flag.usually,
  variantOf: async (flag) => flag.usually,
}

type Options = {
  flags: readonly AnyFlag[]
  rules: FlagRules
  onChange?: (listener: () => void) => () => void
  metrics?: Metrics
}

/** Flags through OpenFeature, judged by the configuration as it is at each question. */
export async function openFlags({ metrics, ...options }: Options): Promise<Flags> {
  // OpenFeature is one for a process; a domain of its own keeps installations in one process apart.
  const domain = `marquee-${randomUUID()}`
  await OpenFeature.setProviderAndWait(domain, createConfigProvider(options))
  const client = OpenFeature.getClient(domain)
  const counted = metrics?.counter('marquee_flag_evaluations_total', 'Answers of feature flags', [
    'flag',
    'answer',
    'reason',
  ])
  client.addHooks({
    finally: (_about, { flagKey, value, reason }) =>
      counted?.inc({ flag: flagKey, answer: String(value), reason: String(reason ?? 'UNKNOWN') }),
  })
  const contextOf = ({ userId, visitor }: Person): EvaluationContext => {
    const targetingKey = userId ?? visitor
    return targetingKey === undefined ? {} : { targetingKey }
  }

  return {
    isOn: ({ key, usually }, person) => client.getBooleanValue(key, usually, contextOf(person)),
    async variantOf({ key, variants, usually }, person) {
      const dealt = await client.getStringValue<string>(key, usually, contextOf(person))
      return variants.find((variant) => variant === dealt) ?? usually
    },
  }
}
