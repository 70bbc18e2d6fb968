import { expect, test } from 'vitest'
import { designFor, hang } from './choose.ts'
import { contrast } from './colour.ts'
import { poster, posterColours } from './index.ts'
import { palettes } from './palettes.ts'

const genres = ['Drama', 'Comedy', 'Western', 'Horror', 'Science Fiction', 'Musical', 'Unheard Of']
const films = Array.from({ length: 200 }, (_, at) => ({
  id: `01930000-7000-7000-8000-${String(at * 7919).padStart(12, '0')}`,
  title: `Film number ${at}`,
  year: at % 9 === 0 ? null : 1900 + (at % 120),
  genres: [genres[at % genres.length] ?? 'Drama'],
}))

test('a film keeps its poster', () => {
  for (const film of films.slice(0, 20)) expect(poster(film)).toBe(poster(structuredClone(film)))
})

test('no two neighbours on the wall are alike, beside or above', () => {
  const same = films.map((film) => ({ ...film, genres: ['Western'] }))
  for (const wall of [films, same]) {
    const variants = hang(wall, 6)
    const names = wall.map((film, at) => designFor(film, variants[at]).composition.name)
    names.forEach((name, at) => {
      expect(name).not.toBe(names[at + 1])
      expect(name).not.toBe(names[at + 6])
    })
  }
})

test('at least a dozen compositions hang in a large programme', () => {
  const every = Object.keys({ ...palettes })
  const names = new Set(
    films.flatMap((film, at) =>
      ['Crime', 'Noir', 'War', 'Silent', 'Family', 'Fantasy', 'Mystery', ...film.genres].map(
        (genre) =>
          designFor({ ...film, id: `${film.id}${every[at % every.length]}`, genres: [genre] }).composition
            .name,
      ),
    ),
  )
  expect(names.size).toBeGreaterThanOrEqual(12)
})

test('the colours a film lends its page can be read on both grounds', () => {
  for (const film of films) {
    const { dark, light } = posterColours(film)
    for (const colour of dark) expect(contrast(colour, '#12100E')).toBeGreaterThanOrEqual(4.5)
    for (const colour of light) expect(contrast(colour, '#F6F1E7')).toBeGreaterThanOrEqual(4.5)
  }
})

test('every title can be read on its sheet', () => {
  for (const { name, ground, ink } of Object.values(palettes))
    expect(contrast(ground, ink), name).toBeGreaterThanOrEqual(4.5)
})

test('a title of any length and script stays on the sheet and light to send', () => {
  const titles = [
    'M',
    'Œuvre d’été & más: ¿qué?',
    '東京物語',
    '',
    'A '.repeat(140),
    'Pneumonoultramicroscopicsilicovolcanoconiosis <b>',
    'X'.repeat(300),
  ]
  for (const title of titles) {
    const svg = poster({ id: 'x', title, year: 1953, genres: ['Drama'] })
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<b>/)
    expect(svg.length).toBeLessThan(120_000)
  }
})

test('a title in letters that we cannot draw stands on its poster all the same', () => {
  const sheet = (title: string) => poster({ id: 'elsewhere', title, year: 1958, genres: ['drama'] })
  expect(sheet('باب الحديد')).toMatch(/<text [^>]*direction="rtl">باب الحديد<\/text>/)
  expect(sheet('東京物語')).toContain('>東京物語</text>')
  expect(sheet('Летят журавли')).toContain('Летят')
  expect(sheet('Amélie')).not.toContain('<text')
})
