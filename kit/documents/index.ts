export { type Collection, collection, type Index } from './collection.ts'
export {
  type Cause,
  type Deleted,
  type Document,
  type DocumentReads,
  type DocumentStore,
  type Documents,
  type Find,
  type Inserted,
  type Page,
  type Put,
  type Telling,
  tell,
  type Updated,
  type Upserted,
  type Where,
} from './documents.ts'
export { createSqlDocuments, type SqlDocuments } from './sql-documents.ts'
