import type { Database } from '@marquee/kit/sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openService } from '../harness/advance.ts'
import { type Ask, client } from '../harness/client.ts'
import { type Account, made, newcomer, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'

type Picks = { source: string }
const picksOf = (who: Ask) => made<Picks>(who('GET', '/api/recommendations?limit=3'))

describe.each(['whole', 'twice'])('while recommendations of Marquee, %s,', (topology) => {
  let marquee: Marquee
  let broken: Database
  let nobody: Ask
  let robin: Account
  beforeAll(async () => {
    marquee = await startMarquee({
      MARQUEE_LIMITS: 'off',
      MARQUEE_TOPOLOGY: topology,
      RECOMMENDATIONS_REST_SECONDS: '0',
      // Longer than its callers wait: what hangs in there hangs for them.
      RECOMMENDATIONS_PATIENCE_MILLISECONDS: '5000',
    })
    nobody = client(marquee.origin)
    robin = await newcomer(marquee.origin, 'robin')
    const { items } = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=4'))
    for (const { id } of items) await made(robin('PUT', `/api/movies/${id}/rating`, { body: { stars: 5 } }))
    await until(async () => (await picksOf(robin)).source === 'personal', 50)
    broken = openService(marquee, 'recommendations')
    // What a server's very first page costs is no matter of recommendations; each process has one.
    for (let times = 0; times < 4; times += 1) expect((await robin('GET', '/')).status).toBe(200)
  }, 120_000)
  afterAll(async () => {
    await broken?.close()
    await marquee?.remove()
  })

  /** Picks, and the programme as guests and members see it, in turn: each answer within 300 ms. */
  async function goOn(): Promise<void> {
    const took: Record<'picks' | 'programme', number[]> = { picks: [], programme: [] }
    const timed = async (what: keyof typeof took, work: () => Promise<unknown>) => {
      const began = performance.now()
      await work()
      took[what].push(performance.now() - began)
    }
    for (let times = 0; times < 5; times += 1)
      for (const who of [nobody, robin]) {
        await timed('picks', async () => expect((await picksOf(who)).source).toBe('trending'))
        await timed('programme', async () => expect((await who('GET', '/')).status).toBe(200))
      }
    for (const [what, all] of Object.entries(took))
      expect(
        all.filter((milliseconds) => milliseconds >= 300),
        what,
      ).toEqual([])
  }

  it('hang, the programme and trending films are there within 300 ms', async () => {
    const [locked, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const hanging = broken.transaction(async (tx) => {
      await tx.query('lock table ratings, wishes, neighbours in access exclusive mode')
      locked.resolve()
      await over.promise
    })
    await locked.promise
    await goOn().finally(over.resolve)
    await hanging
    await until(async () => (await picksOf(robin)).source === 'personal')
  })

  it('fail, the same, and picks are back when they do', async () => {
    await broken.query('alter table ratings rename to lost')
    await goOn()
    await broken.query('alter table lost rename to ratings')
    await until(async () => (await picksOf(robin)).source === 'personal')
  })
})
