/** A catalogue that nobody made: as many films as wanted, always the same, with names that share words as real ones do. */
export function catalogue(count: number): CatalogueFilm[] {
  const chance = createChance(20261121)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T
  const words = Array.from({ length: 3000 }, () => word(chance, 1 + Math.floor(chance() * 3)))
  const people = Array.from({ length: 12_000 }, () => `${capital(pick(words))} ${capital(pick(words))}`)
  // The first words of a list come up much more often than the last, as in any language.
  const common = () => words[Math.floor(words.length * chance() ** 3)] as string
  return Array.from({ length: count }, (_, at) => {
    const length = 1 + Math.floor(chance() ** 2 * 5)
    const name = Array.from({ length }, () => capital(common())).join(' ')
    const year = 1900 + Math.floor(chance() ** 0.7 * 125)
    return {
      title: chance() < 0.25 ? `The ${name}` : name,
      year,
      genres: [...new Set([pick(genres), pick(genres)])],
      cast: Array.from({ length: 4 }, () => pick(people)),
      href: `Film_${at}`,
      extract: Array.from({ length: 60 }, () => common()).join(' '),
    }
  })
}

export type CatalogueFilm = {
  title: string
  year: number
  genres: string[]
  cast: string[]
  href: string
  extract: string
}

/** Numbers from 0 to 1 that are the same on every run. */
export function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const genres = [
  'Drama',
  'Comedy',
  'Silent',
  'Western',
  'Romance',
  'Crime',
  'Action',
  'Thriller',
  'Horror',
  'War',
]
const begins = ['b', 'br', 'd', 'f', 'g', 'gr', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 'st', 't', 'v', 'w']
const vowels = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'é']
const ends = ['', 'n', 'r', 's', 't', 'l', 'nd', 'ck', 'm']

function word(chance: () => number, syllables: number): string {
  const one = (from: readonly string[]) => from[Math.floor(chance() * from.length)] ?? ''
  return Array.from({ length: syllables }, () => one(begins) + one(vowels) + one(ends)).join('')
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
