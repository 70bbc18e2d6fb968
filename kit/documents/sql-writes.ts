import { outboxColumns, outboxRowType } from '../events/index.ts'

// Whatever is written and what it tells go in one statement: both happen or neither does, in one round trip.
const tellWritten = (parameter: string) => `told as (
  insert into outbox (${outboxColumns}) select ${outboxColumns}
  from jsonb_to_recordset(${parameter}::jsonb) as event (document text, ${outboxRowType})
  where document in (select id from written) order by place)`

/** The statements that write one collection, each by its name. */
export function sqlWrites(table: string) {
  const withEvents = (name: string, written: string, parameter: string, result = 'id, version') => ({
    name: `${name}-${table}`,
    text: `with written as (${written}), ${tellWritten(parameter)} select ${result} from written`,
  })
  const remembering = (cause: string, most: string) =>
    `case when ${cause}::text is null then applied
       else (applied || ${cause}::text)[greatest(1, cardinality(applied) + 2 - ${most}::int):] end`

  return {
    /** $1 id, $2 data, $3 events, $4 cause. */
    insert: withEvents(
      'insert',
      `insert into ${table} (id, version, data, applied)
       values ($1, 1, $2::jsonb, array_remove(array[$4::text], null)) on conflict (id) do nothing returning id, version`,
      '$3',
    ),
    /** $1 id, $2 version before, $3 data, $4 events, $5 cause, $6 how many causes to keep. */
    change: withEvents(
      'change',
      `update ${table} set version = version + 1, data = $3::jsonb, told = null, applied = ${remembering('$5', '$6')}
       where id = $1 and version = $2 returning id, version`,
      '$4',
    ),
    /** $1 id, $2 version, $3 cause, $4 how many to keep: the event changed nothing, and must not later either. */
    remember: {
      name: `remember-${table}`,
      text: `update ${table} set applied = ${remembering('$3', '$4')} where id = $1 and version = $2 returning id, version`,
    },
    /** $1 id, $2 version before. */
    remove: {
      name: `remove-${table}`,
      text: `delete from ${table} where id = $1 and version = $2 and data is not null returning id, version`,
    },
    /** $1 id, $2 version before, $3 events. The place of the last event says when the tombstone may go. */
    bury: {
      name: `bury-${table}`,
      text: `with written as (
          select id from ${table} where id = $1 and version = $2 and data is not null for update
        ), told as (
          insert into outbox (${outboxColumns}) select ${outboxColumns}
          from jsonb_to_recordset($3::jsonb) as event (document text, ${outboxRowType})
          where document in (select id from written) order by place returning position)
        update ${table} set version = version + 1, data = null, told = (select max(position) from told)
        from written where ${table}.id = written.id returning ${table}.id, version`,
    },
    /** $1 documents as id, before (null for one that was not there), data; $2 events. */
    putMany: {
      name: `put-many-${table}`,
      text: `with input as materialized (
          select * from jsonb_to_recordset($1::jsonb) as input (id text, before bigint, data jsonb)
        ), added as (
          insert into ${table} (id, version, data) select id, 1, data from input where before is null order by id
          on conflict (id) do nothing returning id, version
        ), changed as (
          update ${table} set version = version + 1, data = input.data, told = null
          from input where ${table}.id = input.id and version = before returning ${table}.id, version
        ), written as (select * from added union all select * from changed), ${tellWritten('$2')}
        select id, version from written`,
    },
    /** $1 documents as id, data: what is stored of them. */
    compareMany: {
      name: `compare-many-${table}`,
      text: `select input.id, version, stored.data is null as gone, stored.data = input.data as same
        from jsonb_to_recordset($1::jsonb) as input (id text, data jsonb) join ${table} stored on stored.id = input.id`,
    },
    read: {
      name: `read-${table}`,
      text: `select version, data, $2::text = any(applied) as applied from ${table} where id = $1`,
    },
    get: {
      name: `get-${table}`,
      text: `select id, version, data from ${table} where id = $1 and data is not null` as const,
    },
    getMany: {
      name: `get-many-${table}`,
      text: `select id, version, data from ${table} where id = any($1::text[]) and data is not null` as const,
    },
    sweep: `delete from ${table} where data is null
      and told < coalesce((select min(position) from outbox), 9223372036854775807)`,
  }
}

export type SqlWrites = ReturnType<typeof sqlWrites>
