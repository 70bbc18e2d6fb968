import { blind, maze, skyline, spiral } from './compositions/city.ts'
import { horizon, peaks, sea, wood } from './compositions/land.ts'
import { confetti, curtain, figures, frames, pair, tiles } from './compositions/paper.ts'
import { eye, orbits, rays } from './compositions/sky.ts'
import { type Palette, type PaletteName, palettes } from './palettes.ts'
import { randomFrom } from './random.ts'
import type { Composition } from './scene.ts'

export type PosterFilm = { id: string; title: string; year: number | null; genres: readonly string[] }

type Choice = { compositions: Composition[]; inks: PaletteName[] }

/** What a genre may look like. Words as catalogues spell them, in small letters. */
const byGenre: Record<string, Choice> = {
  western: { compositions: [horizon, peaks], inks: ['ember', 'mustard', 'brick', 'bone'] },
  adventure: { compositions: [peaks, horizon, sea], inks: ['sky', 'brick', 'petrol', 'mustard', 'ember'] },
  war: { compositions: [rays, figures, horizon], inks: ['olive', 'slate', 'ember', 'bone'] },
  history: { compositions: [figures, frames, tiles], inks: ['bone', 'olive', 'brick', 'blood'] },
  biography: { compositions: [figures, tiles, frames], inks: ['bone', 'sea', 'mustard', 'rose'] },
  crime: { compositions: [skyline, blind, maze], inks: ['night', 'blood', 'slate', 'mustard'] },
  noir: { compositions: [blind, spiral, skyline], inks: ['night', 'paper', 'blood'] },
  thriller: {
    compositions: [spiral, maze, blind, eye],
    inks: ['ember', 'night', 'blood', 'petrol', 'slate'],
  },
  mystery: { compositions: [maze, eye, spiral, wood], inks: ['petrol', 'violet', 'night', 'mustard'] },
  horror: { compositions: [eye, wood, spiral], inks: ['blood', 'night', 'violet', 'olive'] },
  fantasy: { compositions: [wood, peaks, orbits, sea], inks: ['violet', 'petrol', 'dusk', 'mint'] },
  family: { compositions: [confetti, wood, tiles], inks: ['sky', 'mint', 'mustard', 'sea'] },
  animation: {
    compositions: [tiles, confetti, orbits, sea],
    inks: ['sky', 'dusk', 'mint', 'rose', 'mustard'],
  },
  'science fiction': {
    compositions: [orbits, maze, tiles],
    inks: ['night', 'dusk', 'petrol', 'ember', 'violet'],
  },
  action: { compositions: [rays, skyline, peaks, figures], inks: ['ember', 'slate', 'mustard', 'blood'] },
  romance: { compositions: [pair, sea, curtain], inks: ['rose', 'dusk', 'sea', 'mint', 'bone'] },
  comedy: { compositions: [confetti, tiles, pair], inks: ['mustard', 'rose', 'sky', 'mint', 'brick'] },
  musical: { compositions: [curtain, confetti, pair], inks: ['violet', 'blood', 'rose', 'dusk'] },
  documentary: { compositions: [frames, figures, tiles], inks: ['paper', 'bone', 'sea', 'slate'] },
  silent: { compositions: [frames, curtain, spiral], inks: ['paper', 'bone', 'olive'] },
  sport: { compositions: [rays, frames, figures], inks: ['sky', 'ember', 'mint'] },
  drama: {
    compositions: [sea, pair, tiles, figures, curtain, horizon],
    inks: ['sea', 'brick', 'bone', 'dusk', 'olive', 'petrol', 'rose'],
  },
}

const sameAs: Record<string, string> = {
  'sci-fi': 'science fiction',
  'film noir': 'noir',
  'film-noir': 'noir',
  music: 'musical',
  superhero: 'action',
  'martial arts': 'action',
  spy: 'thriller',
  suspense: 'thriller',
  biographical: 'biography',
  historical: 'history',
  slasher: 'horror',
  supernatural: 'horror',
  animated: 'animation',
  short: 'silent',
  political: 'thriller',
  sports: 'sport',
}

// Words that say more about a film's look than `drama`, which most films are.
const telling = (genre: string) =>
  genre === 'drama' ? 2 : genre === 'comedy' || genre === 'adventure' ? 1 : 0

export type Design = { composition: Composition; inks: Palette }

/** How a film's poster is made. A variant keeps its inks and takes the next composition. */
export function designFor(film: PosterFilm, variant = 0): Design {
  const random = randomFrom(film.id)
  const genres = film.genres.map((genre) => genre.toLowerCase()).map((genre) => sameAs[genre] ?? genre)
  const known = genres.filter((genre) => byGenre[genre]).sort((one, other) => telling(one) - telling(other))
  const first = byGenre[known[0] ?? 'drama']
  const others = known.slice(1).flatMap((genre) => byGenre[genre]?.compositions ?? [])
  const compositions = unique([...(first?.compositions ?? []), ...others, tiles, figures])
  const inks = first?.inks ?? ['bone']
  const favourites = Math.max(2, first?.compositions.length ?? 2)
  const at = random.whole(0, favourites - 1)
  return {
    inks: palettes[inks[random.whole(0, inks.length - 1)] ?? 'bone'],
    composition: compositions[(at + variant) % compositions.length] ?? tiles,
  }
}

const unique = <Item>(items: Item[]): Item[] => [...new Set(items)]

/**
 * Which variant each film of a row takes, so that no two neighbours share a composition. `columns` is the width of
 * the grid they hang in: the poster above is a neighbour too.
 */
export function hang(films: readonly PosterFilm[], columns = 1): number[] {
  const hung: string[] = []
  return films.map((film, at) => {
    const neighbours = new Set([hung[at - 1], hung[at - columns]])
    for (let variant = 0; variant < 5; variant += 1) {
      const { composition } = designFor(film, variant)
      if (neighbours.has(composition.name)) continue
      hung.push(composition.name)
      return variant
    }
    hung.push('')
    return 0
  })
}
