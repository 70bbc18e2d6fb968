import { expect, test } from 'vitest'
import { type CsvRow, linesFrom, readCsv } from './read-csv.ts'

const told = (row: CsvRow) => [row.line, row.ok ? Object.values(row.cells) : row.reason]
const rowsOf = (text: string) => Array.fromAsync(readCsv(text))
const read = async (...lines: string[]) => (await rowsOf(lines.join('\n'))).map(told)

test('cells are read as they are written: quoted, over several lines, with stray quotes, guarded, or none', async () => {
  const text = `\uFEFFName, YEAR \r\n"Paris, Texas",1984\r\n\r\n"He said ""no"".\r\nThen yes.",\r\n12" disc,1985\r\n"Broken" quote",1931\r\n'=SUM(1)\r\n"M"`
  expect(await rowsOf(text)).toMatchObject([
    { ok: true, line: 2, cells: { name: 'Paris, Texas', year: '1984' } },
    { ok: true, line: 4, cells: { name: 'He said "no".\r\nThen yes.', year: '' } },
    { ok: true, line: 6, cells: { name: '12" disc', year: '1985' } },
    { ok: true, line: 7, cells: { name: '"Broken" quote"', year: '1931' } },
    { ok: true, line: 8, cells: { name: '=SUM(1)' } },
    { ok: true, line: 9, cells: { name: 'M' } },
  ])
})

test('where rows end as on Windows a line break alone is part of a text, even without quotes', async () => {
  const text = 'Name,Review,Year\r\nM,Trams\n\nWhistling.,1931\r\nTabu,,1931\nFaust,x,1926\r\n'
  expect(await rowsOf(text)).toMatchObject([
    { line: 2, cells: { name: 'M', review: 'Trams\n\nWhistling.', year: '1931' } },
    { line: 5, cells: { name: 'Tabu', review: '', year: '1931' } },
    { line: 6, cells: { name: 'Faust', year: '1926' } },
  ])
})

test('a quote that is never closed costs its own line and no other', async () => {
  const rest = Array.from({ length: 100 }, (_, at) => `Film ${at},1999`)
  const rows = await read('Name,Year', 'Sunrise,1927', '"Tabu,1931', ...rest)
  expect(rows.slice(0, 3)).toEqual([
    [2, ['Sunrise', '1927']],
    [3, 'open-quote'],
    [4, ['Film 0', '1999']],
  ])
  expect(rows).toHaveLength(102)
})

test('a quote that is closed by the next quoted cell takes no line between with it', async () => {
  expect(await read('Name,Year', '"Tabu,1931', 'Sunrise,1927', '"Paris, Texas",1984', 'M,1931')).toEqual([
    [2, 'open-quote'],
    [3, ['Sunrise', '1927']],
    [4, ['Paris, Texas', '1984']],
    [5, ['M', '1931']],
  ])
  expect(await read('Name,Year', '"Tabu,1931', 'Sunrise",1927,x', 'M,1931')).toEqual([
    [2, 'open-quote'],
    [3, ['Sunrise"', '1927']],
    [4, ['M', '1931']],
  ])
})

test('a row that is longer than any review costs no row but itself', async () => {
  const long = 'x'.repeat(210_000)
  expect(await read('Name,Year', `${long},1`, 'M,1931', `"${long}",1`, 'Tabu,1931')).toEqual([
    [2, 'long-row'],
    [3, ['M', '1931']],
    [4, 'long-row'],
    [5, ['Tabu', '1931']],
  ])
})

test('the lines of a rest are counted, blank ones not', async () => {
  expect(await linesFrom('a\nb\r\n\r\nc\n\n', 2)).toBe(2)
})
