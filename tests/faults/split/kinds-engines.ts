import { connect } from 'node:net'
import type { EngineName } from '../../harness/engines.ts'
import type { Hardness, Kind } from './kinds.ts'
import { pause } from './pause.ts'
import type { Stage } from './stage.ts'

type Engine = { kill(): Promise<void>; start(): Promise<void>; freeze(): unknown; resume(): unknown }

const engineOf = ({ engines }: Stage, name: EngineName): Engine => {
  const engine = engines[name]
  if (!engine) throw new Error(`there is no ${name} here`)
  return engine
}
const titles = { redis: 'Redis', rabbit: 'RabbitMQ', etcd: 'etcd' } as const

/** The engine is away for so many milliseconds; now and then for a whole sleep. */
const away = (name: EngineName, least: number, most: number): Kind => ({
  name: `${titles[name]} killed`,
  weight: 2,
  needs: [name],
  async strike(stage, how) {
    const milliseconds = how.between(1, 5) === 5 ? how.longestSleep * 2000 : how.between(least, most)
    const engine = engineOf(stage, name)
    await engine.kill()
    await pause(milliseconds)
    await engine.start()
    return `away for ${milliseconds} ms`
  },
})
const frozen = (name: EngineName): Kind => ({
  name: `${titles[name]} stopped and resumed`,
  weight: 1,
  needs: [name],
  async strike(stage, { between }: Hardness) {
    const milliseconds = between(500, 5000)
    const engine = engineOf(stage, name)
    await engine.freeze()
    await pause(milliseconds)
    await engine.resume()
    return `for ${milliseconds} ms`
  },
})

const kinds: readonly Kind[] = [
  away('redis', 200, 3000),
  frozen('redis'),
  {
    name: 'Redis flushed',
    weight: 2,
    needs: ['redis'],
    async strike({ engines }, { between }) {
      const times = between(1, 3)
      for (let at = 0; at < times; at++) {
        await flush(engines.redis?.port ?? 0)
        await pause(between(0, 500))
      }
      return `${times} times`
    },
  },
  away('rabbit', 200, 5000),
  {
    name: 'RabbitMQ killed, and all it held gone',
    weight: 1,
    needs: ['rabbit'],
    async strike({ engines }) {
      await engines.rabbit?.wipe()
      await engines.rabbit?.start()
      return 'all of it'
    },
  },
  frozen('rabbit'),
  away('etcd', 200, 4000),
  frozen('etcd'),
]

/** What befalls one engine befalls it in turn, however many things happen at once. */
export const engineKinds: readonly Kind[] = kinds.map((kind) => ({
  ...kind,
  strike: (stage, how) => {
    const [name] = kind.needs ?? []
    if (name === undefined || name === 'embedded') throw new Error(`${kind.name} names no engine`)
    return stage.engines.alone(name, () => kind.strike(stage, how))
  },
}))

/** In Redis's own words: no client of ours stands between. */
function flush(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'))
    socket.once('data', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}
