import type { Channel, Connection } from 'rabbitmq-client'
import type { GroupDeclaration } from '../contract/index.ts'
import type { Logger } from '../telemetry/index.ts'
import type { GroupVersions } from './group-versions.ts'

/** How exchange and queues of an installation are called. */
export type RabbitNames = { exchange: string; queueOf: (group: string) => string }

/** Names for an installation; several can share a virtual host. */
export const rabbitNames = (installation: string): RabbitNames => ({
  exchange: `${installation}.events`,
  queueOf: (group) => `${installation}.${group}`,
})

// A consumer that crashes counts as a delivery; what a group cannot take is counted by us.
const deliveryLimit = 1_000_000

/** Makes sure that the exchange is there and every group has its queue. Changes nothing that is there already. */
export async function declareTopology(
  channel: Channel,
  names: RabbitNames,
  groups: Iterable<GroupDeclaration>,
): Promise<void> {
  const { exchange } = names
  await channel.exchangeDeclare({ exchange, type: 'topic', durable: true })
  for (const group of groups) {
    const queue = names.queueOf(group.name)
    await channel.queueDeclare({
      queue,
      durable: true,
      arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': deliveryLimit },
    })
    for (const { name } of group.events) await channel.queueBind({ exchange, queue, routingKey: name })
  }
}

/** Unbinds what no version takes any more. Queues stay: what they still hold is for an operator to judge. */
export async function unbindStruckOut(options: {
  connection: Connection
  names: RabbitNames
  versions: Pick<GroupVersions, 'struckOut' | 'forget'>
  log: Logger
}): Promise<void> {
  const { connection, names, versions, log } = options
  for (const { group, events, forgotten } of await versions.struckOut()) {
    const queue = names.queueOf(group)
    // What is not bound is unbound without complaint.
    for (const routingKey of events)
      await connection.queueUnbind({ exchange: names.exchange, queue, routingKey })
    if (!forgotten) continue
    log.warn(
      { queue },
      'nobody has declared this group for a week; its queue gets nothing more and may be deleted',
    )
    await versions.forget(group)
  }
}
