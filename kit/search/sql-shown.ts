import { valueColumn } from './sql-tables.ts'

/** What comes with a suggestion: everything it is called, and some of its values by name. */
export type Shown = { titles: string[]; values: Record<string, unknown> }

/** Of the document by this alias. */
export function shownOf(document: string, values: readonly string[]): string {
  const named = values.map((name) => `'${name}', ${document}.${valueColumn(name)}`)
  return `jsonb_build_object('titles', ${document}.titles, 'values', jsonb_build_object(${named.join(', ')}))`
}
