import { cut, withoutGuard } from './cells.ts'
import { readRecord } from './csv-record.ts'
import { takeTurns } from './turns.ts'

/** One record, the line it began on, counted from 1, and where in the text that is. */
export type CsvRow = { line: number; start: number } & (
  | { ok: true; cells: Record<string, string> }
  | { ok: false; reason: 'open-quote' | 'long-row'; detail: string }
)

/** The columns of a CSV text's first row, lower-case; empty when it has none. */
export function headerOf(text: string): string[] {
  const record = readRecord(text, firstOf(text))
  return record.ok ? namesIn(record.cells) : []
}

/**
 * Rows by lower-case column name. A row that cannot be read is told, and the line after it is read anew. Everybody else
 * has their turn meanwhile, though there be nothing to tell of for long.
 */
export async function* readCsv(text: string): AsyncGenerator<CsvRow> {
  const turn = takeTurns(250)
  let columns: string[] | undefined
  let shape: Parameters<typeof readRecord>[2]
  let line = 1
  for (let start = firstOf(text); start < text.length; ) {
    await turn()
    const blank = blankFrom(text, start)
    if (blank !== '') {
      line += blank.match(/\r\n|\r|\n/g)?.length ?? 0
      start += blank.length
      continue
    }
    const record = readRecord(text, start, shape)
    const at = { line, start }
    start = record.end
    line += record.lines
    if (!record.ok) yield { ...at, ...told(text, at.start, record.reason) }
    else if (columns) yield { ...at, ok: true, cells: named(columns, record.cells) }
    else {
      columns = namesIn(record.cells)
      shape = { columns: columns.length, windows: text.startsWith('\r\n', record.end - 2) }
    }
  }
}

/** How many lines with something in them there are from a place on. */
export async function linesFrom(text: string, start: number): Promise<number> {
  const turn = takeTurns(1)
  let lines = 0
  let within = false
  for (let at = start; at < text.length; at += 1) {
    const isBreak = text[at] === '\n' || text[at] === '\r'
    if (!isBreak && !within) lines += 1
    within = !isBreak
    if (at % 1_000_000 === 0) await turn()
  }
  return lines
}

/** Lines with nothing in them, at most so many as nobody waits for. */
function blankFrom(text: string, start: number): string {
  const blank = /(?:\r\n|\r|\n){1,1000}/y
  blank.lastIndex = start
  return blank.exec(text)?.[0] ?? ''
}

const firstOf = (text: string) => (text.startsWith('\uFEFF') ? 1 : 0)
const namesIn = (cells: readonly string[]) => cells.map((name) => name.trim().toLowerCase())

const told = (text: string, start: number, reason: 'open-quote' | 'long-row') => {
  const [line = ''] = text.slice(start, start + 200).split(/[\r\n]/, 1)
  return { ok: false as const, reason, detail: cut(line, 80) }
}

function named(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  const given = columns.slice(0, cells.length)
  return Object.fromEntries(given.map((name, at) => [name, withoutGuard(cells[at] ?? '')]))
}
