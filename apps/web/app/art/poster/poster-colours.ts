import { designFor, type PosterFilm } from './choose.ts'
import { oklchOf, readableOn } from './colour.ts'

export type PosterColours = { dark: [string, string]; light: [string, string] }

/** The grounds of the site's two lights, as in styles/tokens.css. */
const grounds = { dark: '#12100E', light: '#F6F1E7' }

/** The two colours a film lends its page, from its poster, each readable as text (AA) on the dark and the light ground. */
export function posterColours(film: PosterFilm): PosterColours {
  const { inks } = designFor(film)
  const colours = [inks.a, inks.b, inks.ground, inks.c]
  const first = strongest(colours, (ink) => oklchOf(ink).chroma) ?? inks.a
  const second = strongest(colours, (ink) => oklchOf(ink).chroma * turn(first, ink)) ?? inks.b
  return {
    dark: [readableOn(grounds.dark, first), readableOn(grounds.dark, second)],
    light: [readableOn(grounds.light, first), readableOn(grounds.light, second)],
  }
}

const strongest = (inks: string[], strength: (ink: string) => number) =>
  inks.toSorted((one, other) => strength(other) - strength(one))[0]

/** How far two hues lie apart, 0 to 1. */
const turn = (one: string, other: string) => (1 - Math.cos(oklchOf(one).hue - oklchOf(other).hue)) / 2
