export type CsvRecord =
  | { ok: true; cells: string[]; lines: number; end: number }
  /** `end` is where the line after the one it began on begins: what follows may be whole. */
  | { ok: false; reason: 'open-quote' | 'long-row'; lines: 1; end: number }

type Cell = { text: string; end: number; breaks: number }

type Shape = {
  /** How many cells a record has. */
  columns: number
  /** Whether records end in CR LF: a line break alone may be part of a text that nobody put in quotes. */
  windows: boolean
}

const mostInARow = 200_000
const mostInABareCell = 12_000

/**
 * The record of a CSV text that begins at `start`. A cell with a stray quote in it is taken as it stands; a quote
 * that swallows lines is none: such a record, and one that is longer than a review can be, is not ok.
 */
export function readRecord(
  text: string,
  start: number,
  { columns, windows }: Shape = { columns: Number.POSITIVE_INFINITY, windows: false },
): CsvRecord {
  const cells: string[] = []
  let breaks = 0
  for (let at = start; ; at += 1) {
    const within = windows && cells.length + 1 < columns
    const cell =
      text[at] === '"' ? quotedCell(text, at) : (within && brokenCell(text, at)) || bareCell(text, at)
    if (!cell || cell.end - start > mostInARow) return broken(text, start)
    cells.push(cell.text)
    breaks += cell.breaks
    at = cell.end
    if (text[at] === ',') continue
    if (breaks > 0 && cells.length > columns) return broken(text, start)
    return { ok: true, cells, lines: breaks + 1, end: afterBreak(text, at) }
  }
}

function broken(text: string, start: number): CsvRecord {
  const end = next(text, start, /[\r\n]/g)
  const reason = end - start > mostInARow ? 'long-row' : 'open-quote'
  return { ok: false, reason, lines: 1, end: afterBreak(text, end) }
}

function bareCell(text: string, start: number): Cell {
  const end = next(text, start, /[,\r\n]/g)
  return { text: text.slice(start, end), end, breaks: 0 }
}

/** A cell with line breaks of its own, if a comma follows. */
function brokenCell(text: string, start: number): Cell | undefined {
  const first = next(text, start, /[,\r\n]/g)
  if (first === start || text[first] === ',' || text.startsWith('\r\n', first)) return undefined
  const [cell = ''] = text.slice(start, start + mostInABareCell).split(/,|\r\n/, 1)
  const breaks = cell.match(/[\r\n]/g)?.length ?? 0
  const end = start + cell.length
  return breaks > 0 && text[end] === ',' ? { text: cell, end, breaks } : undefined
}

function quotedCell(text: string, start: number): Cell | undefined {
  let quote = text.indexOf('"', start + 1)
  while (quote >= 0 && quote - start <= mostInARow && text[quote + 1] === '"')
    quote = text.indexOf('"', quote + 2)
  if (quote < 0 || quote - start > mostInARow) return undefined
  const inner = text.slice(start + 1, quote).replaceAll('""', '"')
  const breaks = inner.match(/\r\n|\r|\n/g)?.length ?? 0
  if (quote + 1 === text.length || /[,\r\n]/.test(text[quote + 1] ?? ''))
    return { text: inner, end: quote + 1, breaks }
  if (breaks > 0) return undefined
  const rest = bareCell(text, quote)
  return { ...rest, text: `"${inner}${rest.text}` }
}

function next(text: string, start: number, mark: RegExp): number {
  mark.lastIndex = start
  return mark.exec(text)?.index ?? text.length
}

const afterBreak = (text: string, at: number): number => at + (text.startsWith('\r\n', at) ? 2 : 1)
