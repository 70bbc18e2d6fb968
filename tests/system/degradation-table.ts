import { readFileSync } from 'node:fs'

const file = new URL('../../docs/degradation.md', import.meta.url)

export type Row = Readonly<Record<string, string>> & { Part: string }

/** The rows of one table of docs/degradation.md, by their column's heading. */
export function readTable(heading: string): Row[] {
  const [, section] = readFileSync(file, 'utf8').split(`## ${heading}\n`)
  const lines = (section ?? '').split('\n## ', 1)[0]?.match(/^\|.*\|$/gm) ?? []
  const cells = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  const [columns = [], , ...rows] = cells
  return rows.map((row) => {
    if (row.length !== columns.length)
      throw new Error(`a row of ${heading} has ${row.length} cells: ${row[0]}`)
    return { Part: '', ...Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])) }
  })
}
