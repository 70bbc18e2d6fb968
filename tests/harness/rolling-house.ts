import { type Ask, client, person } from './client.ts'
import { type Evening, startCrowd } from './crowd.ts'
import { made, newcomer, openHouse, rows, until } from './house.ts'
import { type Marquee, startMarquee } from './marquee.ts'
import { copyProduct, type Installation } from './next-version.ts'

/** A cluster whose files may be replaced under it, part by part, while people browse, buy, rate and watch. */
export type RollingHouse = {
  product: Installation
  marquee: Marquee
  nobody: Ask
  /** Replaces every part in the way `begin` sets off, under a crowd; throws when that stops half-way. */
  roll: (begin: () => Promise<unknown>) => Promise<Rolled>
  remove: () => Promise<void>
}
export type Rolled = {
  evening: Evening
  /** Which process each part was before and is now. */
  before: ReadonlyMap<string, string>
  after: ReadonlyMap<string, string>
}

export async function openRollingHouse(env: Record<string, string> = {}): Promise<RollingHouse> {
  const product = await copyProduct()
  const marquee = await startMarquee({
    MARQUEE_LIMITS: 'off',
    MARQUEE_TOPOLOGY: 'twice',
    // Six processes and what replaces them share few cores here: what is refused for that is not what is judged.
    MARQUEE_SHED_DELAY: '10000',
    MARQUEE_TEST_PROGRAM: product.program,
    ...env,
  })
  const nobody = client(marquee.origin)
  const owner = await newcomer(marquee.origin, 'owner')
  const alice = await person(marquee.origin, 'alice@marquee.example')
  const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  const movieId = films.items[0]?.id ?? ''
  const { showId } = await openHouse(owner, { movieId, layout: rows(50, 30) })
  return {
    product,
    marquee,
    nobody,
    roll,
    async remove() {
      await marquee.remove()
      await product.remove()
    },
  }

  async function roll(begin: () => Promise<unknown>): Promise<Rolled> {
    const before = parts()
    const done = () => marquee.output().match(/^Every part was replaced in \d+ s$/gm)?.length ?? 0
    const rolled = done()
    const crowd = startCrowd({ origin: marquee.origin, showId, rater: { ask: alice, movieId } })
    await until(async () => crowd.soFar().bought.length >= 3, 60)
    await begin()
    await until(async () => {
      const [stopped] = marquee.output().match(/^Replacing the parts stopped: .*$/m) ?? []
      if (stopped) throw new Error(`${stopped}\n${marquee.output().slice(-3000)}`)
      return done() > rolled
    }, 280)
    const evening = await crowd.leave()
    return { evening, before, after: parts() }
  }

  /** Where every part runs now: the newest line that each said when it opened. */
  function parts(): Map<string, string> {
    const said = marquee.output().matchAll(/^(\S+) +\| Marquee is open .* process (\d+)/gm)
    return new Map([...said].map(([, name = '', pid = '']) => [name, pid]))
  }
}
