import type { Transaction } from '@marquee/kit/sql'

// Whoever asks without a name shares this one.
const unnamed = '00000000-0000-0000-0000-000000000000'

/** Locks shows as everybody does, and names those not known here as far as that. */
export async function lockBehind(
  tx: Transaction,
  ids: readonly string[],
  versions: Readonly<Record<string, number>>,
): Promise<string[]> {
  const known = await lockVersions(tx, ids)
  return ids.filter((id) => (known.get(id) ?? 0) < (versions[id] ?? 0))
}

/** Nothing of these shows, which are locked, is sold for so long. */
export async function addRests(
  tx: Transaction,
  ids: readonly string[],
  { restId = unnamed, seconds }: { restId: string | undefined; seconds: number },
): Promise<void> {
  await tx.query(
    `insert into show_rests (show_id, rest_id, facts_version, rests_until)
     select id, $2, facts_version, clock() + make_interval(secs => $3) from shows where id = any($1::uuid[])
     on conflict (show_id, rest_id) do update
       set facts_version = excluded.facts_version, rests_until = excluded.rests_until`,
    [ids, restId, seconds],
  )
  await settleRests(tx, ids)
}

/** Ends the rest of that name; shows rest on while another stands. */
export async function endRests(tx: Transaction, ids: readonly string[], restId = unnamed): Promise<void> {
  await lockVersions(tx, ids)
  await tx.query('delete from show_rests where show_id = any($1::uuid[]) and rest_id = $2', [ids, restId])
  await settleRests(tx, ids)
}

/**
 * Forgets rests of locked shows that are over, by time or by newer facts. Statements of its own, after that of the lock:
 * they see what the one before it in line committed.
 */
export async function settleRests(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(
    `delete from show_rests r using shows s
      where s.id = r.show_id and s.id = any($1::uuid[])
        and (r.facts_version < s.facts_version or r.rests_until <= clock())`,
    [ids],
  )
  await tx.query(
    `update shows set resting_until = (select max(rests_until) from show_rests where show_id = shows.id)
      where id = any($1::uuid[])`,
    [ids],
  )
}

async function lockVersions(tx: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ id: string; version: number }>(
    'select id, facts_version as version from shows where id = any($1::uuid[]) order by id for update',
    [ids],
  )
  return new Map(rows.map(({ id, version }) => [id, version]))
}
