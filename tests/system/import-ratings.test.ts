import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { client } from '../harness/client.ts'
import { made, until } from '../harness/house.ts'
import { runMarquee, startMarquee } from '../harness/marquee.ts'

let data: string
let files: string
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'marquee-test-'))
  files = await mkdtemp(join(tmpdir(), 'marquee-files-'))
  await write('movies.csv', [
    'movieId,title,genres',
    '1,"Hound of the Hills, The (1931)",Mystery|Sci-Fi|IMAX',
    '2,"Long Night, A (Noc, Ta długa) (1958)",(no genres listed)',
    'three,Nothing (1999),Drama',
  ])
  await write('links.csv', ['movieId,imdbId,tmdbId', '1,0000011,', '2,,22'])
  await write('ratings.csv', [
    'userId,movieId,rating,timestamp',
    '7,1,4.0,964980499',
    '7,2,2.5,964980500',
    '8,1,3.0,964980501',
    '8,1,5.5,964980502',
    '8,9,4.0,964980503',
    '9,2',
  ])
})
afterAll(async () => {
  await runMarquee(['stop'], { MARQUEE_DATA: data })
  for (const folder of [data, files]) await rm(folder, { recursive: true, force: true })
})

const write = (name: string, lines: string[]) => writeFile(join(files, name), `${lines.join('\n')}\n`)
const bring = (dir = files) => runMarquee(['import', 'ratings', dir], { MARQUEE_DATA: data })

it('brings in films, people and ratings, says what it left out and why, and a second run changes nothing', async () => {
  const first = await bring()
  expect(first.output).toContain('2 films: 2 added, 0 changed, 0 unchanged')
  expect(first.output).toContain('2 people: 2 added')
  expect(first.output).toContain('3 ratings: 3 recorded, 0 unchanged')
  expect(first.output).toContain('4 lines skipped')
  expect(first.output).toMatch(/movies\.csv line 4: movieId: is no number/)
  expect(first.output).toMatch(/ratings\.csv line 5: rating: /)
  expect(first.output).toContain('ratings.csv line 6: there is no film 9')
  expect(first.code).toBe(0)

  const second = await bring()
  expect(second.output).toContain('2 films: 0 added, 0 changed, 2 unchanged')
  expect(second.output).toContain('2 people: 0 added')
  expect(second.output).toContain('3 ratings: 0 recorded, 3 unchanged')
}, 120_000)

it('what was brought in is there for everybody once Marquee runs', async () => {
  const marquee = await startMarquee({ MARQUEE_DATA: data, MARQUEE_DEMO: '0' })
  try {
    const ask = client(marquee.origin)
    type Films = { items: { id: string; title: string; year: number; genres: string[] }[] }
    const { items } = await made<Films>(ask('GET', '/api/movies?q=hound+of+the+hills'))
    expect(items).toMatchObject([
      { title: 'The Hound of the Hills', year: 1931, genres: ['Mystery', 'Science Fiction'] },
    ])
    await until(
      async () =>
        (await ask('GET', `/api/movies/${items[0]?.id}/ratings`)).text ===
        JSON.stringify({ average: 3.5, count: 2, histogram: [0, 0, 0, 0, 0, 1, 0, 1, 0, 0] }),
    )
  } finally {
    await marquee.stop()
  }
}, 120_000)

it('a folder without the files ends in one line', async () => {
  const { code, output } = await bring(tmpdir())
  expect(code).toBe(1)
  expect(output.trim()).toMatch(/^marquee: there is no file .*movies\.csv$/)
})
