import { randomUUID } from 'node:crypto'
import { type EvaluationContext, OpenFeature, StandardResolutionReasons } from '@openfeature/server-sdk'
import type { AnyFlag, BooleanFlag, Caller, VariantFlag } from '../contract/index.ts'
import type { Metrics } from '../telemetry/index.ts'
import { createConfigProvider } from './config-provider.ts'
import type { FlagRules } from './rule.ts'

const { DEFAULT, STATIC } = StandardResolutionReasons

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
  const count = (flag: string, value: unknown, reason = 'UNKNOWN') =>
    counted?.inc({ flag, answer: String(value), reason })
  client.addHooks({ finally: (_about, { flagKey, value, reason }) => count(flagKey, value, reason) })
  // An evaluation costs a tenth of a hold, and some flags are asked for at every one.
  const sameForAll = new Map<string, { rule: unknown; value: boolean; reason: string }>()
  const contextOf = ({ userId, visitor }: Person): EvaluationContext => {
    const targetingKey = userId ?? visitor
    return targetingKey === undefined ? {} : { targetingKey }
  }

  return {
    async isOn({ key, usually }, person) {
      const rule = options.rules[key]
      const known = sameForAll.get(key)
      if (known && known.rule === rule) {
        count(key, known.value, known.reason)
        return known.value
      }
      const { value, reason } = await client.getBooleanDetails(key, usually, contextOf(person))
      const isSameForAll = reason === STATIC || reason === DEFAULT
      if (isSameForAll && options.rules[key] === rule) sameForAll.set(key, { rule, value, reason })
      return value
    },
    async variantOf({ key, variants, usually }, person) {
      const dealt = await client.getStringValue<string>(key, usually, contextOf(person))
      return variants.find((variant) => variant === dealt) ?? usually
    },
  }
}
