import { busMigrations, createBossBus, type EventBus, openRabbitBus } from '@marquee/kit/events'
import type { Live } from '@marquee/kit/live'
import type { Logger } from '@marquee/kit/telemetry'
import { migrateAll, type Store } from './open-store.ts'

export const busSchema = 'bus'
export const busPool = 6

/** The bus that carries events: RabbitMQ where one is named, else the embedded one in PostgreSQL. */
export async function openBus({
  rabbitUrl,
  store,
  live,
  log,
  alone,
}: {
  rabbitUrl: string | undefined
  store: Store
  live: Live
  log: Logger
  /** No other process uses the embedded bus. */
  alone: boolean
}): Promise<EventBus> {
  const url = store.urlOf(busSchema)
  if (!rabbitUrl) return createBossBus({ url, live, log, poolSize: busPool, alone })
  await migrateAll(store, [{ schema: busSchema, sets: [{ name: 'bus', from: busMigrations }] }])
  return openRabbitBus({ broker: rabbitUrl, url, log, poolSize: busPool })
}
