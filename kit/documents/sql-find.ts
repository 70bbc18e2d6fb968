import type { Question } from '../sql/index.ts'
import type { Scalar } from './collection.ts'
import type { Place } from './cursor.ts'
import type { Bounds, Plan, Step } from './plan-find.ts'
import { fieldOf, literal, membersOf } from './sql-table.ts'
import { toStored } from './stored-json.ts'

export type Statement = { text: Question; values: unknown[] }
type Give = (value: Scalar) => string

/** A page of what a plan finds: id, version, data and, for the cursor, the values it is ordered by. */
export function findStatement(
  table: string,
  plan: Plan,
  { limit, after }: { limit: number; after?: Place },
): Statement {
  const values: unknown[] = []
  const give: Give = (value) => `$${values.push(toStored(value))}::jsonb`
  const { order, down, asked } = plan
  const spread = [...asked.among]
  const where = [
    ...conditions(plan, give),
    ...spread.map(([field], at) => `${fieldOf(field)} = spread${at}.value`),
    ...(after ? [isAfter(plan, after, give, values)] : []),
  ]
  const most = `limit $${values.push(limit)}::int`
  const keys = order.map(({ field }, at) => `${fieldOf(field)} as key${at}`)
  const inner = `select ${['id', 'version', 'data', ...keys].join(', ')} from ${table}
    where ${where.join(' and ')}
    order by ${[...order.map((step) => ordered(fieldOf(step.field), step.down)), ordered('id', down)].join(', ')} ${most}`
  const packed = `jsonb_build_array(${order.map((_, at) => `key${at}`).join(', ')}) as keys`
  if (spread.length === 0)
    return { text: `select id, version, data, ${packed} from (${inner}) found`, values }

  // One index scan a value, each with the limit, instead of sorting all that any value finds.
  const lists = spread.map(
    ([, among], at) => `jsonb_array_elements($${values.push(toStored(among))}::jsonb) as spread${at}(value)`,
  )
  const outer = [...order.map((step, at) => ordered(`key${at}`, step.down)), ordered('id', down)].join(', ')
  return {
    text: `select id, version, data, ${packed} from ${lists.join(' cross join ')} cross join lateral (${inner}) found
      order by ${outer} ${most}`,
    values,
  }
}

export function countStatement(table: string, plan: Plan): Statement {
  const values: unknown[] = []
  const give: Give = (value) => `$${values.push(toStored(value))}::jsonb`
  const where = [
    ...conditions(plan, give),
    ...[...plan.asked.among].map(
      ([field, among]) => `${fieldOf(field)} = any($${values.push(among.map(toStored))}::text[]::jsonb[])`,
    ),
  ]
  return { text: `select count(*) as count from ${table} where ${where.join(' and ')}`, values }
}

function conditions({ asked, given }: Plan, give: Give): string[] {
  // What a partial index presumes must be seen in the text, or the index is not used.
  const equal = [...asked.equal].map(([field, value]) =>
    given.has(field) ? `${fieldOf(field)} = ${literal(value)}` : `${fieldOf(field)} = ${give(value)}`,
  )
  const within = [...asked.within].flatMap(([field, bounds]) => bounded(fieldOf(field), bounds, give))
  const containing = [...asked.containing].map(
    ([field, value]) => `${membersOf(field)} @> jsonb_build_array(${give(value)})`,
  )
  return ['data is not null', ...equal, ...within, ...containing]
}

function bounded(field: string, { gt, gte, lt, lte }: Bounds, give: Give): string[] {
  const bounds = [
    ...(gt === undefined ? [] : [`${field} > ${give(gt)}`]),
    ...(gte === undefined ? [] : [`${field} >= ${give(gte)}`]),
    ...(lt === undefined ? [] : [`${field} < ${give(lt)}`]),
    ...(lte === undefined ? [] : [`${field} <= ${give(lte)}`]),
  ]
  const fromBelow = gt !== undefined || gte !== undefined
  return fromBelow ? bounds : [...bounds, `${field} > 'null'::jsonb`]
}

const ordered = (column: string, down: boolean) => `${column}${down ? ' desc' : ''}`
const beyond = (down: boolean) => (down ? '<' : '>')

function isAfter({ order, down }: Plan, { keys, id }: Place, give: Give, values: unknown[]): string {
  const sides = order.map((step, at) => ({ ...side(step), value: give(keys[at] ?? null) }))
  sides.push({ column: 'id', down, value: `$${values.push(id)}` })
  const [first] = sides
  if (!first) return 'true'
  if (sides.every((one) => one.down === first.down))
    return `(${sides.map(({ column }) => column).join(', ')}) ${beyond(first.down)} (${sides.map(({ value }) => value).join(', ')})`
  const [last, ...before] = sides.toReversed()
  const nested = before.reduce(
    (inner, one) =>
      `(${one.column} ${beyond(one.down)} ${one.value} or (${one.column} = ${one.value} and ${inner}))`,
    last ? `${last.column} ${beyond(last.down)} ${last.value}` : 'true',
  )
  // Where to enter the index; the rest is looked at on the way.
  return `${first.column} ${beyond(first.down)}= ${first.value} and ${nested}`
}

const side = ({ field, down }: Step) => ({ column: fieldOf(field), down })
