import { recommendationsContract } from '@marquee/contracts/recommendations'
import { Command } from 'commander'
import { type OpenHost, openHost } from '../open-host.ts'
import { readSettings } from '../settings.ts'

/** `marquee evaluate recommendations`: how well picks find held-back ratings, beside plain popularity. */
export function evaluateCommand(): Command {
  const command = new Command('evaluate').description('measure what is computed')
  command
    .command('recommendations')
    .description(
      'hold back everybody’s newest rating, pick ten films for them from all the others, and count how often it is among them',
    )
    .action(async () => {
      const open = await openHost({
        settings: { ...readSettings(process.env), services: ['reviews', 'recommendations'] },
        env: process.env,
        onStep: (_label, work) => work(),
        origin: 'http://localhost',
        visiting: true,
      })
      try {
        await takeIn(open)
        const { people, ratings, personal, popularity } = await open.host
          .connectAs('cli')(recommendationsContract)
          .asService()
          .evaluateRecommendations({})
        if (people === 0) {
          console.log('Nobody rated two films yet: `marquee import ratings DIR` brings in a data set.')
          return
        }
        const line = (name: string, { hitRate, ndcg }: typeof personal) =>
          `${name.padEnd(14)}${hitRate.toFixed(4).padStart(12)}${ndcg.toFixed(4).padStart(12)}`
        const times = (one: number, other: number) => (other > 0 ? `${(one / other).toFixed(2)}×` : '–')
        console.log(`Leave-last-out: ${people} people, ${ratings} ratings, ten picks each`)
        console.log(`${''.padEnd(14)}${'hit rate@10'.padStart(12)}${'NDCG@10'.padStart(12)}`)
        console.log(line('Personal', personal))
        console.log(line('Popularity', popularity))
        console.log(
          `${''.padEnd(14)}${times(personal.hitRate, popularity.hitRate).padStart(12)}${times(personal.ndcg, popularity.ndcg).padStart(12)}`,
        )
      } finally {
        await open.stop()
      }
    })
  return command
}

/** What was rated or imported while no Marquee ran is on its way still. */
async function takeIn({ host, bus }: OpenHost): Promise<void> {
  await host.jobsOf('reviews').runJob('settle-ratings')
  for (const events of host.events) while ((await events.relay()) > 0);
  const picking = host.services.find(({ name }) => name === 'recommendations')
  for (const { group, batchSize, handle } of picking?.subscriptions ?? [])
    bus.consume(group.name, {
      batchSize,
      handle: (events) => handle(events, host.databaseOf('recommendations')),
    })
  while ((await bus.drain()) > 0);
}
