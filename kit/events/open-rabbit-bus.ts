import type { EventBus } from './bus.ts'
import type { RabbitBusOptions } from './rabbit-bus.ts'

/** A bus on RabbitMQ, see `createRabbitBus`; its client is loaded only where somebody asks for it. */
export async function openRabbitBus(options: RabbitBusOptions): Promise<EventBus> {
  const { createRabbitBus } = await import('./rabbit-bus.ts')
  return createRabbitBus(options)
}

/** Whether a broker lets us in, within three seconds; else why not. */
export async function reachRabbit(broker: string): Promise<true | string> {
  const { reachRabbit: reach } = await import('./reach-rabbit.ts')
  return reach(broker)
}
