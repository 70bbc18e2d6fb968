import { fold } from '@marquee/kit/search'
import type { MoviePage, MovieView } from './movie-view.ts'

/** A genre's films, and those of the genre that is only written otherwise when there are none. */
export async function listOfGenre<Page extends MoviePage | undefined>(
  view: Pick<MovieView, 'genres'>,
  genre: string | undefined,
  list: (genre: string | undefined) => Promise<Page>,
): Promise<Page> {
  const page = await list(genre)
  if (genre === undefined || page?.items.length !== 0) return page
  const asked = fold(genre)
  const names = (await view.genres()).map(({ name }) => name)
  const meant = names.includes(genre) ? undefined : names.find((name) => fold(name) === asked)
  return meant === undefined ? page : list(meant)
}
