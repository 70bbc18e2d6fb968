import { type AnyIndex, type ReadField, readIndexField, type Scalar } from './collection.ts'
import { DocumentError } from './document-error.ts'

export type Bounds = { gt?: Scalar; gte?: Scalar; lt?: Scalar; lte?: Scalar }

/** A question sorted by what it asks of each field. */
export type Asked = {
  equal: Map<string, Scalar>
  among: Map<string, Scalar[]>
  within: Map<string, Bounds>
  containing: Map<string, Scalar>
}

export type Step = { field: string; down: boolean }

/** How an index answers a question: in what order, and which conditions the index itself presumes. */
export type Plan = {
  index: AnyIndex | undefined
  asked: Asked
  order: Step[]
  down: boolean
  given: Map<string, Scalar>
}

type Wish = { collection: string; indexes: readonly AnyIndex[]; where: object; order: readonly string[] }

/** Finds the index that serves a question, which every engine then needs. Errors: `no-index`. */
export function planFind({ collection, indexes, where, order }: Wish): Plan {
  const asked = readWhere(where)
  const wished = order.map(readIndexField)
  if (sizeOf(asked) === 0 && order.length === 0)
    return { index: undefined, asked, order: [], down: false, given: new Map() }
  const plans = [...indexes]
    .toSorted((a, b) => a.fields.length - b.fields.length)
    .flatMap((index) => serve(index, asked, wished) ?? [])
  const [best] = plans
  if (best) return best
  throw new DocumentError(
    'no-index',
    `No index of ${collection} serves where ${JSON.stringify(where)} order ${JSON.stringify(order)}: declare one`,
  )
}

function readWhere(where: object): Asked {
  const asked: Asked = { equal: new Map(), among: new Map(), within: new Map(), containing: new Map() }
  for (const [field, condition] of Object.entries(where) as [string, unknown][]) {
    if (condition === undefined) continue
    if (condition === null || typeof condition !== 'object') asked.equal.set(field, condition as Scalar)
    else if ('in' in condition) asked.among.set(field, [...new Set(condition.in as Scalar[])])
    else if ('contains' in condition) asked.containing.set(field, condition.contains as Scalar)
    else asked.within.set(field, condition as Bounds)
  }
  return asked
}

const sizeOf = ({ equal, among, within, containing }: Asked) =>
  equal.size + among.size + within.size + containing.size

function serve(index: AnyIndex, asked: Asked, wished: readonly ReadField[]): Plan | undefined {
  const given = new Map(Object.entries(index.where ?? {}) as [string, Scalar][])
  for (const [field, value] of given)
    if (!asked.equal.has(field) || asked.equal.get(field) !== value) return undefined
  const fields = index.fields.map((field) => readIndexField(field))
  if (fields[0]?.array) return serveMembers(index, fields[0].field, asked, wished, given)
  if (asked.containing.size > 0) return undefined

  const fixed = new Set([...asked.equal.keys(), ...asked.among.keys()])
  const steps = [...fields]
  while (steps[0] && fixed.has(steps[0].field)) steps.shift()
  const covered = new Set([
    ...fields.slice(0, fields.length - steps.length).map(({ field }) => field),
    ...given.keys(),
  ])
  if ([...fixed].some((field) => !covered.has(field))) return undefined
  const [ranged, ...more] = asked.within.keys()
  if (more.length > 0 || (ranged !== undefined && steps[0]?.field !== ranged)) return undefined

  // What is equal in every answer orders nothing.
  const real = wished.filter(({ field }) => !asked.equal.has(field))
  const backwards = real[0] !== undefined && real[0].down !== steps[0]?.down
  const fits = real.every(
    ({ field, down }, at) => steps[at]?.field === field && (steps[at].down !== down) === backwards,
  )
  if (!fits) return undefined
  const order = steps.map(({ field, down }) => ({ field, down: down !== backwards }))
  const last = fields.at(-1)?.down === true
  return { index, asked, order, down: last !== backwards, given }
}

/** Members of arrays are looked up and what is found is filtered and sorted: no engine keeps them in an order. */
function serveMembers(
  index: AnyIndex,
  field: string,
  asked: Asked,
  wished: readonly ReadField[],
  given: Map<string, Scalar>,
): Plan | undefined {
  if (!asked.containing.has(field)) return undefined
  const order = wished.map(({ field: name, down }) => ({ field: name, down }))
  return { index, asked, order, down: order.at(-1)?.down === true, given }
}
