import type { z } from 'zod'
import type { EventDeclaration } from '../contract/index.ts'
import type { Publication } from '../events/index.ts'
import type { Reading } from '../sql/index.ts'
import type { Collection, FieldName, Scalar } from './collection.ts'

/** A stored document: its fields, its id and its version, which every change raises by one. */
export type Document<Fields extends object> = Readonly<Fields> & {
  readonly id: string
  readonly version: number
}

/** An event that travels with a write; its key and version are those of the document unless told. */
export type Telling = Omit<Publication, 'key' | 'version'> & { key?: string; version?: number }

/** Makes a typed event for a write: `events: (review) => [tell(reviewPublished, { … })]`. */
export function tell<Declaration extends EventDeclaration>(
  event: Declaration,
  payload: z.input<Declaration['schema']>,
  about: Pick<Telling, 'key' | 'version' | 'cause'> = {},
): Telling {
  return { event, payload, ...about }
}

/** The events that a write carries, made from the document as it is written (or, deleting, as it was). */
export type WithEvents<Fields extends object> = {
  events?: (document: Document<Fields>) => readonly Telling[]
}

export type Missing = { ok: false; code: 'missing' }
/** A unique index has these values already. */
export type Taken = { ok: false; code: 'taken'; index: string }

export type Inserted<Fields extends object> =
  | { ok: true; document: Document<Fields> }
  | { ok: false; code: 'exists' }
  | Taken

export type Updated<Fields extends object> =
  | { ok: true; document: Document<Fields>; changed: boolean }
  | Missing
  | { ok: false; code: 'version-differs'; document: Document<Fields> }
  | Taken

export type Upserted<Fields extends object> =
  | { ok: true; document: Document<Fields> | undefined; changed: boolean }
  | Taken

export type Deleted<Fields extends object> =
  | { ok: true; document: Document<Fields> }
  | Missing
  | { ok: false; code: 'version-differs'; document: Document<Fields> }

/** What became of one document of a `bulkPut`. */
export type Put = { id: string } & (
  | { outcome: 'inserted' | 'changed' | 'same'; version: number }
  | { outcome: 'taken'; index: string }
)

/** `contains` asks for a member of an array; a bound alone never finds a missing value. */
export type Condition<Value> =
  | Extract<Value, Scalar>
  | { in: readonly Extract<Value, Scalar>[] }
  | {
      gt?: Extract<Value, string | number>
      gte?: Extract<Value, string | number>
      lt?: Extract<Value, string | number>
      lte?: Extract<Value, string | number>
    }
  | (Exclude<Value, null | undefined> extends readonly (infer Member)[]
      ? { contains: Extract<Member, Scalar> }
      : never)

/** What must hold of a document; several fields must all hold. A missing field and null are the same. */
export type Where<Fields extends object> = { readonly [Name in FieldName<Fields>]?: Condition<Fields[Name]> }

/** `['-likes', 'createdAt']`: most liked first, then oldest first. */
export type Order<Fields extends object> = readonly (FieldName<Fields> | `-${FieldName<Fields>}`)[]

export type Find<Fields extends object> = {
  where?: Where<Fields>
  /** Without one, the order is that of the index that serves the question. */
  order?: Order<Fields>
  /** 1 to 1000. */
  limit: number
  /** The `nextCursor` of the page before, of the same question. */
  cursor?: string | undefined
}

export type Page<Fields extends object> = { items: Document<Fields>[]; nextCursor: string | null }

/** Which event, taken by which group, causes a change. */
export type Cause = { event: string; group: string }

/** What can be asked of a collection. */
export type DocumentReads<Fields extends object> = {
  get(id: string): Promise<Document<Fields> | undefined>
  /** Those that exist, by id, in the order asked for; one query. */
  getMany(ids: readonly string[]): Promise<Map<string, Document<Fields>>>
  /** A page; a cursor keeps its place whatever is written meanwhile. Undefined when the cursor is none of this question. */
  find(query: Find<Fields> & { cursor?: undefined }): Promise<Page<Fields>>
  find(query: Find<Fields>): Promise<Page<Fields> | undefined>
  count(where: Where<Fields>): Promise<number>
}

/**
 * One collection. Every write is of one document, atomic, and carries its events: stored together or not at
 * all, relayed at least once. There are no transactions over several documents.
 *
 * Functions that make the next fields are pure and may run more than once. Fields that the schema does not
 * allow throw; so does a question that no declared index serves (`no-index`).
 */
export type DocumentStore<Fields extends object> = DocumentReads<Fields> & {
  readonly name: string
  insert(document: Fields & { id: string }, options?: WithEvents<Fields>): Promise<Inserted<Fields>>
  /**
   * Changes a document to what `change` makes of it; `undefined` or equal fields leave it (and its version) and
   * tell nothing. Without `ifVersion` a concurrent change makes it run again, so none is lost.
   */
  update(
    id: string,
    change: (document: Document<Fields>) => Fields | undefined,
    options?: WithEvents<Fields> & { ifVersion?: number | undefined },
  ): Promise<Updated<Fields>>
  /** The same, also for a document that is not there yet. */
  upsert(
    id: string,
    change: (document: Document<Fields> | undefined) => Fields | undefined,
    options?: WithEvents<Fields>,
  ): Promise<Upserted<Fields>>
  /**
   * The same as the effect of an event: the document remembers the event, so that taking it again changes
   * nothing (`changed: false`).
   */
  apply(
    cause: Cause,
    id: string,
    change: (document: Document<Fields> | undefined) => Fields | undefined,
    options?: WithEvents<Fields>,
  ): Promise<Upserted<Fields>>
  /** Adds to number fields in one step; a missing one counts as 0. */
  add(
    id: string,
    amounts: { readonly [Name in NumberField<Fields>]?: number },
    options?: WithEvents<Fields>,
  ): Promise<{ ok: true; document: Document<Fields> } | Missing>
  /** The document is gone at once; its events are relayed nevertheless. Its version counts on until then. */
  delete(
    id: string,
    options?: WithEvents<Fields> & { ifVersion?: number | undefined },
  ): Promise<Deleted<Fields>>
  /** Inserts or replaces up to 1000 documents at a time, in the order given; says what became of each. */
  bulkPut(documents: readonly (Fields & { id: string })[], options?: WithEvents<Fields>): Promise<Put[]>
  /** The same questions, asked elsewhere: `store.from(reads.for(caller)).find(…)`. */
  from(reading: Reading): DocumentReads<Fields>
}

type NumberField<Fields extends object> = {
  [Name in FieldName<Fields>]: Extract<Fields[Name], number> extends never ? never : Name
}[FieldName<Fields>]

/** Where a service keeps its documents. */
export type Documents = {
  /** Creates what is declared and not there yet, drops indexes declared no more, and gives the store. */
  open<Schema extends z.ZodObject>(collection: Collection<Schema>): Promise<DocumentStore<z.output<Schema>>>
}
