import { parse } from 'csv-parse'
import { withoutGuard } from './cells.ts'

export type CsvRow =
  | { ok: true; line: number; cells: Record<string, string> }
  | { ok: false; line: number; detail: string }

const mostInARow = 200_000
const sliceLength = 65_536

/** The columns of a CSV text's first row, lower-case; empty when it has none. */
export function headerOf(text: string): string[] {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  return line.split(',').map((name) => name.trim().replaceAll('"', '').toLowerCase())
}

/** Rows by lower-case column name. A row that cannot be read is told and the next one follows. */
export async function* readCsv(text: string): AsyncGenerator<CsvRow> {
  const bad: CsvRow[] = []
  const parser = parse({
    bom: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: mostInARow,
    on_skip: (error) => {
      bad.push({ ok: false, line: Number(error?.lines ?? 0), detail: error?.code ?? 'unreadable' })
    },
  })
  feed(text, parser)
  for await (const { record, info } of parser) {
    yield* bad.splice(0)
    const cells: Record<string, string> = {}
    for (const [name, cell] of Object.entries(record)) cells[name] = withoutGuard(String(cell ?? ''))
    yield { ok: true, line: Number(info.lines), cells }
  }
  yield* bad
}

/** By slices, so that a big file is never parsed in one go. */
async function feed(text: string, parser: ReturnType<typeof parse>): Promise<void> {
  for (let at = 0; at < text.length; at += sliceLength)
    if (!parser.write(text.slice(at, at + sliceLength)))
      await new Promise((resolve) => parser.once('drain', resolve))
  parser.end()
}
