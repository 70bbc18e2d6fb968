import { bookingContract } from '@marquee/contracts/booking'
import { openConfig, parseConfigFile } from '@marquee/kit/config'
import { silentLogger } from '@marquee/kit/telemetry'
import { expect, it } from 'vitest'
import { openDiscovery } from './open-discovery.ts'
import { readSettings } from './settings.ts'
import { type CallsConfig, deadlinesOf, type RoutesConfig, sharedSections } from './shared-sections.ts'

const open = (text: string) =>
  openConfig({
    sections: sharedSections,
    env: {},
    file: parseConfigFile(text),
    profile: 'prod',
    log: silentLogger,
  })
const problemsOf = (text: string) => open(text).catch(({ problems }: { problems: string[] }) => problems)

it('a deadline is for one call, and a call that there is none of is named', async () => {
  const config = await open('calls: { deadlines: { booking.createOrder: 2000 } }')
  expect([...deadlinesOf(config.of('calls') as CallsConfig)]).toEqual([
    [bookingContract.endpoints.createOrder, 2000],
  ])
  expect(await problemsOf('calls: { deadlines: { booking.makeOrder: 2000 } }')).toEqual([
    'calls.deadlines: there is no call booking.makeOrder',
  ])
  expect(await problemsOf('calls: { deadlines: { booking.createOrder: 1 } }')).toEqual([
    'calls.deadlines.booking.createOrder in marquee.yaml must be at least 50',
  ])
})

it('a route comes before where instances are found', async () => {
  const config = await open('routes: { movies: [http://10.0.0.9:3100] }')
  const settings = readSettings({ MARQUEE_ADDRESSES: 'movies=http://a:1,booking=http://b:1' })
  const discovery = await openDiscovery(settings, config.of('routes') as RoutesConfig, silentLogger)
  expect(discovery.instancesOf('movies')).toEqual(['http://10.0.0.9:3100'])
  expect(discovery.instancesOf('booking')).toEqual(['http://b:1'])
  expect(await problemsOf('routes: { movie: [http://10.0.0.9:3100] }')).toEqual([
    'routes.movie in marquee.yaml is no setting of routes; did you mean movies?',
  ])
  expect(await problemsOf('routes: { movies: [http://10.0.0.9:31OO] }')).toEqual([
    'routes.movies.0 in marquee.yaml is refused: it does not look like http://10.0.0.7:3100',
  ])
})

it('a flag that nobody declared is refused with what was probably meant', async () => {
  expect(await problemsOf('flags: { guest-chekout: { on: false } }')).toEqual([
    'flags.guest-chekout in marquee.yaml is no setting of flags; did you mean guest-checkout?',
  ])
})
