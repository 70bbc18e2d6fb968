import { designFor, type PosterFilm } from './choose.ts'
import { oklchOf, readableOn } from './colour.ts'

export type PosterColours = { dark: [string, string]; light: [string, string] }

/** The grounds of the site's two lights, as in styles/tokens.css. */
const grounds = { dark: '#12100E', light: '#F6F1E7' }

/** The two colours a film lends its page, from its poster, each readable as text (AA) on the dark and the light ground. */
export function posterColours(film: PosterFilm): PosterColours {
  const { inks } = designFor(film)
  const [first = inks.a, second = inks.b] = [inks.a, inks.b, inks.ground, inks.c].sort(
    (one, other) => oklchOf(other).chroma - oklchOf(one).chroma,
  )
  return {
    dark: [readableOn(grounds.dark, first), readableOn(grounds.dark, second)],
    light: [readableOn(grounds.light, first), readableOn(grounds.light, second)],
  }
}
