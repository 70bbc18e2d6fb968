import { cpus, loadavg } from 'node:os'
import { booking } from './booking.ts'
import { cache } from './cache.ts'
import { holds } from './holds.ts'
import { home } from './home.ts'
import { listing } from './listing.ts'
import { live } from './live.ts'
import { mixed } from './mixed.ts'
import { type Options, readOptions } from './options.ts'
import { proxy } from './proxy.ts'
import { ratings } from './ratings.ts'
import { search } from './search.ts'
import { seats } from './seats.ts'
import { split } from './split.ts'

const benches: Readonly<Record<string, (options: Options) => Promise<string>>> = {
  holds,
  booking,
  listing,
  home,
  seats,
  mixed,
  ratings,
  cache,
  search,
  split,
  proxy,
  live,
}

const { names, options } = readOptions(process.argv.slice(2))
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  const bench = benches[name]
  if (!bench) {
    console.error(`there is no bench ${name}; there are ${Object.keys(benches).join(', ')}`)
    process.exit(1)
  }
  console.log(
    `# ${name}: ${options.rounds} rounds of ${options.seconds} s, ${cpus().length} cores, load before ${loadavg()[0]?.toFixed(1)}, ${Temporal.Now.instant().toString({ smallestUnit: 'second' })}`,
  )
  console.log(await bench(options))
}
