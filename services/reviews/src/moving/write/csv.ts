import { stringify } from 'csv-stringify/sync'

export type Table = { columns: readonly string[]; rows: readonly (readonly (string | number | null)[])[] }

/** CSV with a header. Cells that a spreadsheet would calculate are guarded by an apostrophe. */
export function toCsv({ columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  // Of line breaks the library itself quotes only the one that ends a row.
  return stringify(cells, { escape_formulas: true, quoted_match: /[\r\n]/, record_delimiter: 'windows' })
}
