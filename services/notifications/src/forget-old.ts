import type { Database } from '@marquee/kit/sql'

export type HowLong = { keepMailsDays: number; keepNoticesDays: number }

const atOnce = 1000
// Ids begin with the milliseconds at which they were made, so that age needs no index of its own.
const idsBefore = `(lpad(to_hex((extract(epoch from clock() - make_interval(days => $1)) * 1000)::bigint), 12, '0')
  || repeat('0', 20))::uuid`

/** Takes out mails that have gone and notices, once they are old: addresses are not kept for ever. */
export const createForgetOld =
  (db: Database, { keepMailsDays, keepNoticesDays }: HowLong) =>
  async (): Promise<void> => {
    await inPieces(
      `delete from mails where id in
         (select id from mails where id < ${idsBefore} and status <> 'queued' order by id limit ${atOnce})`,
      keepMailsDays,
    )
    await inPieces(
      `delete from notifications where id in
         (select id from notifications where id < ${idsBefore} order by id limit ${atOnce})`,
      keepNoticesDays,
    )

    /** Nobody waits long for a row that a piece holds. */
    async function inPieces(text: string, days: number): Promise<void> {
      let gone = atOnce
      while (gone === atOnce) gone = (await db.query(text, [days])).rowCount
    }
  }
