import { join, resolve } from 'node:path'
import { readAddresses } from '@marquee/kit/discovery'
import type { LoadLimits } from '@marquee/kit/http'
import { readRedisAddress, showRedisAddress } from '@marquee/kit/redis'
import { z } from 'zod'
import { Fatal } from './fatal.ts'
import { type Finding, findingVariables, readFinding } from './finding-settings.ts'
import { readTrustedProxies } from './trusted-proxies.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

/** A variable with a reader of its own, which throws for what makes no sense. */
const readBy = <T>(read: (text: string) => T) =>
  z
    .string()
    .optional()
    .transform((text, issues) => {
      try {
        return read(text ?? '')
      } catch (error) {
        issues.addIssue(error instanceof Error ? error.message : String(error))
        return z.NEVER
      }
    })

const areBrokers = (text: string): boolean =>
  text.split(',').every((one) => URL.canParse(one.trim()) && /^amqps?:$/.test(new URL(one.trim()).protocol))

const Environment = z.object({
  PORT: port.default(3000),
  MARQUEE_OPS_PORT: port.default(9464),
  MARQUEE_HOST: z.string().default('0.0.0.0'),
  MARQUEE_DATA: z.string().min(1).default('./.marquee'),
  MARQUEE_CONFIG: z.string().default('marquee.yaml'),
  MARQUEE_DEMO: flag.optional(),
  MARQUEE_SERVICES: z.string().optional(),
  MARQUEE_SERVICE_PORT: port.optional(),
  MARQUEE_DOES: z.enum(['serve', 'work', 'both']).default('both'),
  MARQUEE_ADDRESSES: readBy(readAddresses),
  ...findingVariables,
  MARQUEE_SERVICE_KEYS: z.string().optional(),
  MARQUEE_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  MARQUEE_TRUST_PROXY: readBy(readTrustedProxies),
  MARQUEE_LIMITS: z.enum(['on', 'off']).default('on'),
  MARQUEE_SHED_DELAY: z.coerce.number().int().positive().default(500),
  MARQUEE_SHED_REQUESTS: z.coerce.number().int().positive().default(2000),
  MARQUEE_DRAIN_NOTICE: z.coerce.number().int().min(0).max(15).default(0),
  MARQUEE_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z
    .string()
    .optional()
    .superRefine((text, issues) => {
      try {
        if (text !== undefined) readRedisAddress(text)
      } catch (error) {
        issues.addIssue(error instanceof Error ? error.message : String(error))
      }
    }),
  RABBITMQ_URL: z
    .string()
    .refine(areBrokers, 'must look like amqp://user:password@host:5672, several separated by commas')
    .optional(),
  DATABASE_REPLICA_URLS: z.string().optional(),
  DATABASE_REPLICA_LAG: z.coerce.number().positive().default(5),
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
})

const profiles = { development: 'dev', test: 'test', production: 'prod' } as const

/** What the process itself needs to know; each service has its own configuration besides. */
export type Settings = {
  port: number
  opsPort: number
  host: string
  data: string
  configFile: string
  demo: boolean
  services: readonly string[] | undefined
  /** Where this process answers other processes of the installation; undefined where it answers none. */
  servicePort: number | undefined
  /** Answers calls, takes events and runs jobs, or both. */
  does: 'serve' | 'work' | 'both'
  /** Where services of other processes are, by name. */
  addresses: Readonly<Record<string, readonly string[]>>
  /** How processes find each other, and the settings they share. */
  finding: Finding
  /** The file of keys by which services vouch to each other. */
  serviceKeys: string
  origin: string | undefined
  trustProxy: string[] | false
  limitsOff: boolean
  /** From when on requests are refused rather than made to wait. */
  load: LoadLimits
  /** How long a door that closes goes on taking requests, for balancers to notice. */
  drainNoticeMilliseconds: number
  logLevel: string
  databaseUrl: string | undefined
  /** Where processes share what they can do without; undefined where each keeps it for itself. */
  redisUrl: string | undefined
  /** The broker that carries events and bursts; undefined where PostgreSQL does. */
  rabbitUrl: string | undefined
  /** Replicas of the shared database, that lists and pages may be read from. */
  replicaUrls: readonly string[]
  /** How far behind a replica may be and still be read from, in seconds. */
  replicaLag: number
  production: boolean
  /** Whose part of a file of settings counts. */
  profile: (typeof profiles)[keyof typeof profiles]
}

/** Reads the environment. Throws `Fatal` with one line a bad variable. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const parsed = Environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  )
  if (!parsed.success)
    throw new Fatal(
      'bad-setting',
      parsed.error.issues
        .map(
          (issue) =>
            `${issue.path.join('.')} is ${JSON.stringify(shown(String(issue.path[0]), env))}: ${issue.message}`,
        )
        .join('; '),
    )
  const given = parsed.data
  const production = given.NODE_ENV === 'production'
  const demo = given.MARQUEE_DEMO ?? !production
  if (production && demo)
    throw new Fatal(
      'bad-setting',
      'MARQUEE_DEMO=1 opens accounts whose password everybody knows; it does not start with NODE_ENV=production',
    )
  if (production && given.MARQUEE_LIMITS === 'off')
    throw new Fatal(
      'bad-setting',
      'MARQUEE_LIMITS=off is for load tests; it does not start with NODE_ENV=production',
    )
  return {
    port: given.PORT,
    opsPort: given.MARQUEE_OPS_PORT,
    host: given.MARQUEE_HOST,
    data: resolve(given.MARQUEE_DATA),
    configFile: given.MARQUEE_CONFIG,
    demo,
    services: given.MARQUEE_SERVICES?.split(',').map((name) => name.trim()),
    servicePort: given.MARQUEE_SERVICE_PORT,
    does: given.MARQUEE_DOES,
    addresses: given.MARQUEE_ADDRESSES,
    finding: readFinding(given),
    serviceKeys: resolve(given.MARQUEE_SERVICE_KEYS ?? join(given.MARQUEE_DATA, 'secrets', 'services.json')),
    origin: given.MARQUEE_ORIGIN?.replace(/\/$/, ''),
    trustProxy: given.MARQUEE_TRUST_PROXY.length > 0 && given.MARQUEE_TRUST_PROXY,
    limitsOff: given.MARQUEE_LIMITS === 'off',
    load: { delayMilliseconds: given.MARQUEE_SHED_DELAY, requests: given.MARQUEE_SHED_REQUESTS },
    drainNoticeMilliseconds: given.MARQUEE_DRAIN_NOTICE * 1000,
    logLevel: given.MARQUEE_LOG ?? (demo ? 'warn' : 'info'),
    databaseUrl: given.DATABASE_URL,
    redisUrl: given.REDIS_URL,
    rabbitUrl: given.RABBITMQ_URL,
    replicaUrls: readReplicaUrls('DATABASE_REPLICA_URLS', env),
    replicaLag: given.DATABASE_REPLICA_LAG,
    production,
    profile: profiles[given.NODE_ENV],
  }
}

// An address may hold a password.
function shown(name: string, env: NodeJS.ProcessEnv): string | undefined {
  if (name === 'REDIS_URL') return showRedisAddress(env[name] ?? '')
  const value = env[name]
  return value !== undefined && name.endsWith('_URL') ? withoutLogin(value) : value
}

// All before the last @: in an address that is wrong nobody knows where a password ends.
const withoutLogin = (address: string): string => address.replace(/^([a-z+]+:\/\/)?.*@/is, '$1')

/** Addresses of PostgreSQL servers, separated by commas. Throws `Fatal` for one that is none. */
export function readReplicaUrls(name: string, env: NodeJS.ProcessEnv): string[] {
  const urls = (env[name] ?? '')
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean)
  for (const url of urls)
    if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
      throw new Fatal(
        'bad-setting',
        `${name} has ${JSON.stringify(withoutLogin(url))}, which is no postgresql:// URL`,
      )
  return urls
}

const Provider = z.object({ sandboxUrl: z.string().optional(), sandboxSecret: z.string().optional() })

/** What is wrong with a configuration of payments that has half of what a provider needs. */
export function halfProviderProblem(config: unknown): string | undefined {
  const { sandboxUrl, sandboxSecret } = Provider.parse(config)
  if ((sandboxUrl === undefined) === (sandboxSecret === undefined)) return undefined
  const [given, missing] = sandboxUrl === undefined ? ['SECRET', 'URL'] : ['URL', 'SECRET']
  return `PAYMENTS_SANDBOX_${given} is given without PAYMENTS_SANDBOX_${missing}, so that nobody could pay; give both or neither`
}

/** What is wrong with a production service whose own configuration switches its limits off. */
export function limitsOffProblem(service: string, config: unknown): string | undefined {
  if (typeof config !== 'object' || config === null || !('limits' in config) || config.limits !== 'off')
    return undefined
  return `${service.toUpperCase()}_LIMITS=off is for load tests; it does not start with NODE_ENV=production`
}
