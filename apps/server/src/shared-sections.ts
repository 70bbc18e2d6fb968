import { contracts } from '@marquee/contracts'
import { flags } from '@marquee/contracts/flags'
import { liveSetting, type Section } from '@marquee/kit/config'
import { isServiceAddress } from '@marquee/kit/discovery'
import { flagsSection } from '@marquee/kit/flags'
import { z } from 'zod'
import { serviceNames } from './services.ts'

const endpointNames = contracts.flatMap(({ name, endpoints }) =>
  Object.keys(endpoints).map((endpoint) => `${name}.${endpoint}`),
)

/** How long calls between services may take, where the contract's own word is not to count. */
export const callsConfig = z.object({
  /** Milliseconds by call: `{ booking.holdSeats: 2000 }`. */
  deadlines: liveSetting(z.record(z.string(), z.int().min(50).max(60_000))).default({}),
})
export type CallsConfig = z.output<typeof callsConfig>

/** Where a service is asked, instead of where discovery finds it: `routes: { booking: [http://10.0.0.7:3100] }`. */
export const routesConfig = z.object(
  Object.fromEntries(
    serviceNames.map((name) => [
      name,
      liveSetting(
        z.array(z.string().refine(isServiceAddress, 'it does not look like http://10.0.0.7:3100')).min(1),
      ).optional(),
    ]),
  ),
)
export type RoutesConfig = Partial<Record<string, readonly string[]>>

/** What is everybody's part of the configuration. */
export const sharedSections: readonly Section[] = [
  {
    name: 'calls',
    schema: callsConfig,
    judge(values) {
      const { deadlines } = callsConfig.parse(values)
      const stranger = Object.keys(deadlines).find((name) => !endpointNames.includes(name))
      return stranger && `calls.deadlines: there is no call ${stranger}`
    },
  },
  { name: 'routes', schema: routesConfig },
  { name: 'flags', schema: flagsSection(flags) },
]

/** The deadlines of a configuration by what they are for. */
export function deadlinesOf({ deadlines }: CallsConfig): Map<object, number> {
  return new Map(
    contracts.flatMap(({ name, endpoints }) =>
      Object.entries(endpoints).flatMap(([endpoint, spec]): [object, number][] => {
        const milliseconds = deadlines[`${name}.${endpoint}`]
        return milliseconds === undefined ? [] : [[spec, milliseconds]]
      }),
    ),
  )
}
