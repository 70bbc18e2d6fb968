import { stringify } from 'csv-stringify/sync'

export type Table = { columns: readonly string[]; rows: readonly (readonly (string | number | null)[])[] }

/** CSV with a header. Cells that a spreadsheet would calculate are guarded by an apostrophe. */
export function toCsv({ columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  return stringify(cells, { escape_formulas: true, record_delimiter: 'windows' })
}
