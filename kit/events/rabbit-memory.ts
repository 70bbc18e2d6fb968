import { randomUUIDv7 } from 'node:crypto'
import type { Connection } from 'rabbitmq-client'
import type { Database } from '../sql/index.ts'

/**
 * Tells whether a broker still is the one that confirmed: an empty queue stands there by an id that PostgreSQL holds. A
 * broker that lost its data has no such queue, and gets another id. Asked once a connection.
 */
export function createRabbitMemory(options: {
  db: Database
  schema: string
  connection: Connection
  queueOf: (id: string) => string
}): () => Promise<string> {
  const { db, schema, connection, queueOf } = options
  let known: Promise<string> | undefined
  connection.on('connection', () => {
    known = undefined
  })

  async function find(): Promise<string> {
    return db.transaction(async (tx) => {
      const { rows } = await tx.query<{ id: string }>(
        `insert into ${schema}.broker_memory as known (id) values ($1)
         on conflict (one) do update set id = known.id returning id`,
        [randomUUIDv7()],
      )
      const id = rows[0]?.id ?? ''
      if (await stands(id)) return id
      const fresh = randomUUIDv7()
      await connection.queueDeclare({
        queue: queueOf(fresh),
        durable: true,
        arguments: { 'x-queue-type': 'quorum' },
      })
      await tx.query(`update ${schema}.broker_memory set id = $1`, [fresh])
      return fresh
    })
  }

  async function stands(id: string): Promise<boolean> {
    const channel = await connection.acquire({ emitErrorsFromChannel: true })
    channel.on('error', () => {})
    try {
      await channel.queueDeclare({ queue: queueOf(id), passive: true })
      void channel.close()
      return true
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'NOT_FOUND') return false
      throw error
    }
  }

  return () => {
    if (!connection.ready) return Promise.reject(new Error('RabbitMQ is not reachable'))
    known ??= find().catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
}
