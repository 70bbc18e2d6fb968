import { join } from 'node:path'
import { GatewayConfig } from '@marquee/gateway'
import {
  type OpenConfig,
  openConfig,
  readConfigFile,
  type Section,
  watchEtcd,
  watchFile,
} from '@marquee/kit/config'
import { overrideDeadlines } from '@marquee/kit/contract'
import { createEtcd } from '@marquee/kit/etcd'
import type { AnyService } from '@marquee/kit/service'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import { gatewayName, loadServices } from './services.ts'
import { halfProviderProblem, limitsOffProblem, type Settings } from './settings.ts'
import { type CallsConfig, deadlinesOf, sharedSections } from './shared-sections.ts'

type Options = {
  definitions: readonly AnyService[]
  settings: Settings
  env: NodeJS.ProcessEnv
  extra: Record<string, Record<string, string>>
  log: Logger
  metrics: Metrics
}

/** Every part of the configuration that this process uses, following its sources. Throws a `BadSettingError`. */
export async function openSettings(options: Options): Promise<OpenConfig> {
  const { settings, env, log, metrics } = options
  const { watch } = settings.finding
  const file = readConfigFile(settings.configFile)
  const source = watch && sourceOf(settings, log)
  const config = await openConfig({
    sections: await sectionsOf(options),
    env,
    profile: settings.profile,
    log,
    metrics,
    ...(file ? { file } : {}),
    ...(source ? { source, keepIn: join(settings.data, 'secrets', 'watched-settings.json') } : {}),
  })
  const calls = config.of('calls') as CallsConfig
  const apply = () => overrideDeadlines(deadlinesOf(calls))
  apply()
  config.onChange(apply)
  config.follow()
  return config
}

/** Where settings come from that change while the server runs. */
export function sourceOf({ finding: { watch, etcd } }: Settings, log: Logger) {
  if (watch === undefined) return undefined
  if (watch !== 'etcd') return watchFile(watch.file)
  if (!etcd) throw new Error('settings in etcd without its address')
  return watchEtcd({ etcd: createEtcd(etcd.address), prefix: `${etcd.prefix}config/`, log })
}

async function sectionsOf({ definitions, settings, extra }: Options): Promise<Section[]> {
  const here = new Set(definitions.map(({ name }) => name))
  // A change that is bad for any service is refused by all, so all of them are judged.
  const all = settings.finding.watch ? await loadServices() : definitions
  return [
    ...sharedSections,
    { name: gatewayName, schema: GatewayConfig },
    ...all.map(({ name, config }) => ({
      name,
      schema: config,
      onlyJudged: !here.has(name),
      env: extra[name] ?? {},
      reserved: reservedOf(name),
      judge(values: unknown) {
        // Elsewhere its variables are not known.
        const half = name === 'payments' && here.has(name) ? halfProviderProblem(values) : undefined
        return half ?? (settings.production ? limitsOffProblem(name, values) : undefined)
      },
    })),
  ]
}

/** Variables that begin like a service's and are the host's. */
export const reservedOf = (service: string): string[] =>
  ['DATABASE_URL', 'DATABASE_REPLICA_URLS'].map((name) => `${service.toUpperCase()}_${name}`)
