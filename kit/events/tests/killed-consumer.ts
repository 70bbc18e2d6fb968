import { createMemoryLive } from '../../live/index.ts'
import { openDatabase } from '../../sql/index.ts'
import { silentLogger } from '../../telemetry/index.ts'
import { createBossBus } from '../boss-bus.ts'
import { createRabbitBus } from '../rabbit-bus.ts'
import { on } from '../subscription.ts'
import { ledger } from './declarations.ts'

// Takes one event, commits its effect, and is gone before it can say so.
const [url = '', busUrl = '', broker, installation = ''] = process.argv.slice(2)
const db = openDatabase({ url })
const bus = broker
  ? await createRabbitBus({ broker, url: busUrl, installation, log: silentLogger })
  : await createBossBus({ url: busUrl, live: createMemoryLive(), log: silentLogger })
await bus.declare([ledger])
const subscription = on(ledger, {
  'seat.sold.v1': async ({ payload }, tx) => {
    await tx.query('insert into effects (what) values ($1)', [payload.seat])
  },
})
bus.consume(ledger.name, {
  batchSize: 10,
  handle: async (events) => {
    await subscription.handle(events, db)
    process.kill(process.pid, 'SIGKILL')
    return new Promise(() => {})
  },
})
