import type { Queryable } from '@marquee/kit/sql'

export type Role = 'owner' | 'staff'
export type PersonHere = { user_id: string; role: Role; by_address: boolean }
export type PersonChange = { user_id: string; role: Role | null; version: number }

export const peopleStore = {
  async owners(tx: Queryable, theaterId: string): Promise<string[]> {
    const { rows } = await tx.query<{ user_id: string }>(
      `select user_id from people where theater_id = $1 and role = 'owner'`,
      [theaterId],
    )
    return rows.map((row) => row.user_id)
  },

  /** Gives or takes a role; undefined when nothing changed. */
  async put(
    tx: Queryable,
    theaterId: string,
    person: { userId: string; role: Role | null },
  ): Promise<PersonChange | undefined> {
    const { rows } = await tx.query<PersonChange>(
      person.role === null
        ? `update people set role = $3, version = version + 1
           where theater_id = $1 and user_id = $2 and role is not null returning user_id, role, version`
        : `insert into people (theater_id, user_id, role, version) values ($1, $2, $3, 1)
           on conflict (theater_id, user_id) do update set role = excluded.role, version = people.version + 1
           where people.role is distinct from excluded.role returning user_id, role, version`,
      [theaterId, person.userId, person.role],
    )
    return rows[0]
  },

  /** Their address is known here: it was given to invite them, or is that of who opened the theater. */
  async knowAddress(tx: Queryable, theaterId: string, userId: string): Promise<void> {
    await tx.query('update people set by_address = true where theater_id = $1 and user_id = $2', [
      theaterId,
      userId,
    ])
  },

  /**
   * Open theaters that are left without an owner when this one goes. Not those that somebody made theirs by an id, which is
   * public: what a stranger can do must hold nobody's account.
   */
  async ownedAlone(db: Queryable, userId: string): Promise<{ id: string; name: string }[]> {
    const { rows } = await db.query<{ id: string; name: string }>(
      `select t.id, t.name from people p join theaters t on t.id = p.theater_id
       where p.user_id = $1 and p.role = 'owner' and p.by_address and t.closed_at is null
         and not exists (select from people other
           where other.theater_id = t.id and other.role = 'owner' and other.user_id <> $1)
       order by t.name, t.id`,
      [userId],
    )
    return rows
  },

  /** Where somebody has a role, closed theaters too; these theaters are locked. */
  async lockTheatersOf(tx: Queryable, userId: string): Promise<{ id: string; name: string }[]> {
    const { rows } = await tx.query<{ id: string; name: string }>(
      `select t.id, t.name from theaters t join people p on p.theater_id = t.id
       where p.user_id = $1 and p.role is not null order by t.id for update of t`,
      [userId],
    )
    return rows
  },

  /** Moves everybody's version on, to tell them the theater's new name. */
  async touch(tx: Queryable, theaterId: string): Promise<PersonChange[]> {
    const { rows } = await tx.query<PersonChange>(
      `update people set version = version + 1 where theater_id = $1 and role is not null
       returning user_id, role, version`,
      [theaterId],
    )
    return rows
  },

  /** The caller's role at a theater; undefined when there is no such theater. */
  async roleAt(
    db: Queryable,
    theaterId: string,
    more: { userId: string | undefined; closedToo?: boolean },
  ): Promise<{ role: Role | null } | undefined> {
    const { rows } = await db.query<{ role: Role | null }>(
      `select p.role from theaters t left join people p on p.theater_id = t.id and p.user_id = $2
       where t.id = $1 and (t.closed_at is null or $3)`,
      [theaterId, more.userId ?? null, more.closedToo ?? false],
      { name: 'people.role-at' },
    )
    return rows[0]
  },

  async roleAtShow(db: Queryable, showId: string, userId: string | undefined) {
    const { rows } = await db.query<{ role: Role | null }>(
      `select p.role from shows s left join people p on p.theater_id = s.theater_id and p.user_id = $2
       where s.id = $1`,
      [showId, userId ?? null],
      { name: 'people.role-at-show' },
    )
    return rows[0]
  },
}
