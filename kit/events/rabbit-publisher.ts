import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import type { Channel, Connection } from 'rabbitmq-client'
import type { Envelope } from './envelope.ts'

export type RabbitPublisher = {
  /** Resolves once every queue bound for these events has them on disk. Throws at once while the broker is away. */
  publish(events: readonly Envelope[]): Promise<void>
  stop(): Promise<void>
}

type Options = {
  connection: Connection
  exchange: string
  /** Whether a queue is bound for events of this name as far as is known here: then one must take it. */
  wanted: (name: string) => boolean
  /** Run on every new channel before anything is published on it. */
  prepare: (channel: Channel) => Promise<void>
  /** The longest that publishing may take, in milliseconds. */
  deadline: number
}

/** Publishes with confirms, everything persistent, in order, on one channel at a time. */
export function createRabbitPublisher(options: Options): RabbitPublisher {
  const { connection, exchange, wanted, prepare, deadline } = options
  let opening: Promise<Channel> | undefined
  const returned = new Set<string>()

  async function open(): Promise<Channel> {
    const channel = await connection.acquire()
    channel.on('basic.return', ({ messageId }) => void returned.add(messageId ?? ''))
    channel.once('close', forget)
    try {
      await prepare(channel)
      await channel.confirmSelect()
      return channel
    } catch (error) {
      void channel.close()
      throw error
    }
  }

  function forget(): void {
    opening = undefined
  }

  /** Begins anew with another channel. */
  function drop(): void {
    void opening?.then(
      (channel) => channel.close(),
      () => {},
    )
    forget()
  }

  async function send(events: readonly Envelope[]): Promise<void> {
    opening ??= open()
    const channel = await opening.catch((error: unknown) => {
      forget()
      throw error
    })
    await Promise.all(
      events.map((event) =>
        channel.basicPublish(
          {
            exchange,
            routingKey: event.name,
            messageId: event.id,
            durable: true,
            mandatory: wanted(event.name),
          },
          event,
        ),
      ),
    )
    // What came back is told a turn after it is confirmed.
    await turn()
    const lost = events.filter(({ id }) => returned.delete(id))
    if (lost.length === 0) return
    drop()
    throw new Error(`RabbitMQ has no queue for ${lost[0]?.name}`)
  }

  return {
    async publish(events) {
      if (!connection.ready) throw new Error('RabbitMQ is not reachable')
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          drop()
          reject(new Error(`RabbitMQ did not confirm in ${deadline} ms`))
        }, deadline)
      })
      try {
        await Promise.race([send(events), late])
      } finally {
        clearTimeout(timer)
      }
    },
    async stop() {
      const channel = await opening?.catch(() => undefined)
      // A broker that hangs is not waited for.
      await Promise.race([channel?.close(), pause(1000)])
    },
  }
}
