import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { type EtcdAddress, readEtcdUrl } from '@marquee/kit/etcd'
import { z } from 'zod'
import { Fatal } from './fatal.ts'

/** The variables that say how processes find each other and the settings they share. */
export const findingVariables = {
  MARQUEE_DISCOVERY: z.enum(['static', 'dns', 'etcd']).default('static'),
  MARQUEE_DNS_NAME: z.string().includes('{service}').optional(),
  MARQUEE_DNS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  MARQUEE_DNS_SERVERS: z.string().optional(),
  MARQUEE_DNS_SECONDS: z.coerce.number().int().min(1).max(300).default(5),
  MARQUEE_ADVERTISE: z.url({ protocol: /^https?$/ }).optional(),
  MARQUEE_ETCD_PREFIX: z
    .string()
    .regex(/^[^\s]+\/$/, 'must end with a slash, such as marquee/')
    .default('marquee/'),
  MARQUEE_WATCH: z.string().optional(),
  ETCD_URL: z
    .string()
    .optional()
    .transform((text, issues): EtcdAddress | undefined => {
      try {
        return text === undefined ? undefined : readEtcdUrl(text)
      } catch (error) {
        issues.addIssue(error instanceof Error ? error.message : String(error))
        return z.NEVER
      }
    }),
}
const shape = z.object(findingVariables)

export type Finding = {
  /** How instances of services elsewhere are found. */
  discovery:
    | { by: 'static' }
    | { by: 'dns'; name: string; port: number | undefined; servers: string[]; mostSeconds: number }
    | { by: 'etcd' }
  etcd: { address: EtcdAddress; prefix: string } | undefined
  /** Where settings come from that change while the server runs. */
  watch: { file: string } | 'etcd' | undefined
  /** Where others reach this process, when it cannot tell by itself. */
  advertise: string | undefined
}

/** What the variables mean together. Throws `Fatal` when one needs another. */
export function readFinding(given: z.output<typeof shape>): Finding {
  const { MARQUEE_DISCOVERY: by, MARQUEE_DNS_NAME: name, MARQUEE_WATCH: watch, ETCD_URL: address } = given
  if (by === 'dns' && name === undefined)
    throw new Fatal(
      'bad-setting',
      'MARQUEE_DISCOVERY=dns needs MARQUEE_DNS_NAME, such as {service}.marquee.svc.cluster.local',
    )
  for (const [variable, wanted] of [
    ['MARQUEE_DISCOVERY', by],
    ['MARQUEE_WATCH', watch],
  ])
    if (wanted === 'etcd' && !address)
      throw new Fatal('bad-setting', `${variable}=etcd needs ETCD_URL, such as http://10.0.0.5:2379`)
  return {
    discovery:
      by === 'dns'
        ? {
            by,
            name: name ?? '',
            port: given.MARQUEE_DNS_PORT,
            servers: given.MARQUEE_DNS_SERVERS?.split(',').map((one) => one.trim()) ?? [],
            mostSeconds: given.MARQUEE_DNS_SECONDS,
          }
        : { by },
    etcd: address ? { address, prefix: given.MARQUEE_ETCD_PREFIX } : undefined,
    watch: watch === undefined || watch === 'etcd' ? watch : { file: resolve(watch) },
    advertise: given.MARQUEE_ADVERTISE?.replace(/\/$/, ''),
  }
}

/** Where others reach a process that listens at this host and port, as far as it can tell. */
export function reachableAt(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)
  const name = isEverywhere ? (outer?.address ?? '127.0.0.1') : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
