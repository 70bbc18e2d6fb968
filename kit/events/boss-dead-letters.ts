import type { DeadLetter, DeadLetters } from './bus.ts'
import type { Envelope } from './envelope.ts'

type Row = {
  group: string
  event: Envelope
  output: { reason?: string; value?: { message?: string } } | null
  attempts: number
  died_at: Date
}

/** Dead letters as pg-boss keeps them: jobs that failed for good. */
export function bossDeadLetters({
  sql,
  schema,
  wake,
}: {
  sql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>
  schema: string
  wake: (group: string) => void
}): DeadLetters {
  const find = async (where: string, values: unknown[], limit: number): Promise<DeadLetter[]> => {
    const { rows } = await sql(
      `select name as group, data as event, output, retry_count + 1 as attempts, completed_on as died_at
       from ${schema}.job where state = 'failed' and ${where} order by date_trunc('milliseconds', completed_on) desc, id desc limit ${limit}`,
      values,
    )
    return (rows as Row[]).map(({ group, event, output, attempts, died_at }) => ({
      group,
      event,
      reason: output?.reason ?? output?.value?.message ?? 'unknown',
      attempts,
      diedAt: died_at.toISOString(),
    }))
  }
  const byId = (group: string, eventId: string) => find('name = $1 and id = $2', [group, eventId], 1)

  return {
    list({ group, limit = 100, after } = {}) {
      const where = ['true']
      const values: unknown[] = []
      const given = (value: unknown) => `$${values.push(value)}`
      if (group !== undefined) where.push(`name = ${given(group)}`)
      if (after)
        where.push(
          `(date_trunc('milliseconds', completed_on), id) < (${given(after.diedAt)}::timestamptz, ${given(after.eventId)}::uuid)`,
        )
      return find(where.join(' and '), values, limit)
    },
    show: async (group, eventId) => (await byId(group, eventId))[0],
    async replay(group, eventId) {
      // pg-boss's own retry gives one more try; whoever mended the cause is owed them all.
      const { rows } = await sql(
        `update ${schema}.job set state = 'retry', retry_count = 0, started_on = null, completed_on = null, start_after = now()
          where name = $1 and ($2::uuid is null or id = $2) and state = 'failed' returning 1`,
        [group, eventId ?? null],
      )
      if (rows.length > 0) wake(group)
      return rows.length
    },
    async drop(group, eventId) {
      // In one statement: one that is given again meanwhile lives.
      const { rows } = await sql(
        `delete from ${schema}.job where name = $1 and id = $2 and state = 'failed' returning 1`,
        [group, eventId],
      )
      return rows.length > 0
    },
  }
}
