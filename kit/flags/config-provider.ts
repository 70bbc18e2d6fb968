import {
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
  type ResolutionReason,
  StandardResolutionReasons,
} from '@openfeature/server-sdk'
import type { AnyFlag } from '../contract/index.ts'
import {
  type FlagRules,
  isForEverybody,
  judgeSwitch,
  judgeVariant,
  type SwitchRule,
  type VariantsRule,
} from './rule.ts'

const { DEFAULT, SPLIT, STATIC } = StandardResolutionReasons

type Options = {
  flags: readonly AnyFlag[]
  /** The `flags` section as it is now. */
  rules: FlagRules
  /** Calls its listener when the rules changed; the returned function leaves. */
  onChange?: (listener: () => void) => () => void
}

/** An OpenFeature provider that judges by the configuration: nothing is asked over a network. */
export function createConfigProvider({ flags, rules, onChange }: Options): Provider {
  const byKey = new Map(flags.map((one) => [one.key, one]))
  const events = new OpenFeatureEventEmitter()
  const leave = onChange?.(() => events.emit(ProviderEvents.ConfigurationChanged, {}))
  const asIs = <T>(value: T): Promise<ResolutionDetails<T>> => Promise.resolve({ value, reason: DEFAULT })
  const judged = <T>(value: T, reason: ResolutionReason): Promise<ResolutionDetails<T>> =>
    Promise.resolve({ value, variant: String(value), reason })

  return {
    metadata: { name: 'configuration' },
    runsOn: 'server',
    events,
    onClose: async () => leave?.(),
    resolveBooleanEvaluation(key, usual, context) {
      const [flag, rule] = [byKey.get(key), rules[key]]
      if (flag?.kind !== 'flag' || rule === undefined) return asIs(usual)
      const switched = rule as SwitchRule
      const reason = isForEverybody(switched) ? STATIC : SPLIT
      return judged(judgeSwitch(flag, switched, context.targetingKey), reason)
    },
    resolveStringEvaluation(key, usual, context) {
      const [flag, rule] = [byKey.get(key), rules[key]]
      if (flag?.kind !== 'variants' || rule === undefined) return asIs(usual)
      return judged(judgeVariant(flag, rule as VariantsRule, context.targetingKey), SPLIT)
    },
    resolveNumberEvaluation: (_key, usual) => asIs(usual),
    resolveObjectEvaluation: <T extends JsonValue>(_key: string, usual: T) => asIs(usual),
  }
}
