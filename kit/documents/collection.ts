import type { z } from 'zod'

export type Scalar = string | number | boolean | null

/** The names of a document's own fields. */
export type FieldName<Fields extends object> = Exclude<keyof Fields & string, 'id' | 'version'>

/** `movieId` ascending, `-createdAt` descending, `tags[]` each member of an array. */
export type IndexField<Fields extends object> =
  | FieldName<Fields>
  | `-${FieldName<Fields>}`
  | `${FieldName<Fields>}[]`

export type Index<Fields extends object = Record<string, unknown>> = {
  name: string
  /** An index over an array has that one field. Indexed values are short: at most 500 characters together. */
  fields: readonly IndexField<Fields>[]
  unique?: boolean
  /** Only documents of which this holds are in the index; it serves questions that ask for the same. */
  where?: { readonly [Name in FieldName<Fields>]?: Extract<Fields[Name], Scalar> }
}

/** An index as an adapter sees it, whatever the fields. */
export type AnyIndex = {
  name: string
  fields: readonly string[]
  unique?: boolean
  where?: { readonly [field: string]: Scalar | undefined }
}

export type Collection<Schema extends z.ZodObject = z.ZodObject> = {
  kind: 'collection'
  name: string
  schema: Schema
  indexes: readonly Index<z.output<Schema>>[]
  /** How many events, taken by `apply`, each document remembers; 100 unless told. */
  remembers?: number
}

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const longestName = 32

/**
 * Declares a collection. The schema describes JSON without `id` and `version`, and does not transform; fields
 * added later need a default. Throws when an index is declared wrongly.
 */
export function collection<Schema extends z.ZodObject>(
  declaration: Omit<Collection<Schema>, 'kind'>,
): Collection<Schema> {
  const { name, schema, indexes } = declaration
  const known = new Set(Object.keys(schema.shape))
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`The collection ${name} ${what}`)
  }
  must(namePattern.test(name) && name.length <= longestName, 'needs a name like film-reviews')
  must(!known.has('id') && !known.has('version'), 'has id and version by itself')
  must(new Set(indexes.map((index) => index.name)).size === indexes.length, 'has two indexes of one name')
  for (const index of indexes) {
    const fields = index.fields.map(readIndexField)
    must(namePattern.test(index.name), `has an index that is not named like by-person: ${index.name}`)
    must(fields.length > 0, `has an index of no field: ${index.name}`)
    for (const { field } of fields)
      must(known.has(field), `has no field ${field} for its index ${index.name}`)
    for (const field of Object.keys(index.where ?? {}))
      must(known.has(field), `has no field ${field} for its index ${index.name}`)
    const arrays = fields.filter(({ array }) => array)
    must(arrays.length === 0 || fields.length === 1, `mixes an array into its index ${index.name}`)
    must(arrays.length === 0 || !index.unique, `cannot keep members of an array unique: ${index.name}`)
  }
  return { kind: 'collection', ...declaration }
}

export type ReadField = { field: string; down: boolean; array: boolean }

export function readIndexField(written: string): ReadField {
  const down = written.startsWith('-')
  const array = written.endsWith('[]')
  return { field: written.slice(down ? 1 : 0, array ? -2 : undefined), down, array }
}
