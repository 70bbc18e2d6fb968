import { createChance } from '../../services/movies/tests/catalogue.ts'

export type Film = { title: string; year: number | null; genre: string | null; person: string | null }

/** What people ask for: whole and begun words, names, slips of the finger, one letter after the other. */
export function makeWishes(
  films: readonly Film[],
): Record<'list' | 'filter' | 'search' | 'suggest', string[]> {
  const chance = createChance(11)
  const ask = (path: string, query: Record<string, string | number>) =>
    `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`
  const sorts = ['popular', 'rating', 'newest', 'title']
  return {
    list: films.map((_, at) => ask('/api/movies', { sort: sorts[at % 4] ?? '', limit: 20 + (at % 3) * 20 })),
    filter: films.map(({ genre, year }, at) =>
      ask('/api/movies', {
        ...(at % 3 === 1 ? {} : { genre: genre ?? 'Drama' }),
        ...(at % 3 === 0 ? {} : { year: year ?? 1950 }),
        sort: sorts[at % 4] ?? '',
      }),
    ),
    search: films.map(({ title, person, genre }, at) => {
      const words = title.split(' ')
      const kinds = [
        title,
        words[Math.floor(chance() * words.length)] ?? title,
        person ?? title,
        `${words[0]} ${(person ?? '').split(' ')[0]}`,
        slip(title, chance),
      ]
      return ask('/api/movies', {
        q: (kinds[at % kinds.length] ?? title).slice(0, 100),
        ...(at % 7 === 0 && genre ? { genre } : {}),
      })
    }),
    suggest: films.map(({ title }, at) => {
      const begun = title.slice(0, 1 + Math.floor(chance() * Math.min(title.length, 12))).trim()
      return ask('/api/movies/suggest', { q: at % 4 === 0 ? slip(title, chance).slice(0, 100) : begun })
    }),
  }
}

/** Two neighbouring letters in the wrong order. */
function slip(text: string, chance: () => number): string {
  const at = Math.floor(chance() * Math.max(1, text.length - 1))
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
}
