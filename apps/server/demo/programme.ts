import { pick, randomOf } from './chance.ts'
import type { DemoFilm } from './read-films.ts'

export type ProgrammeFilm = DemoFilm & { id: string }
type Access = 'captions' | 'audio-description' | 'relaxed' | 'signed'
export type PlannedShow = {
  movieId: string
  localStart: string
  format: string | null
  language: string | null
  subtitles: string | null
  access: Access[]
}
type Screening = { theater: string; screen: string; speaks: string }

const languageCodes: Record<string, string> = {
  English: 'en',
  German: 'de',
  French: 'fr',
  Italian: 'it',
  Japanese: 'ja',
  Korean: 'ko',
  Portuguese: 'pt',
  Russian: 'ru',
  Spanish: 'es',
  Swedish: 'sv',
  Cantonese: 'zh',
}
/** Trailers and cleaning, as the demo's screens have them. */
const aroundFilm = 30

/**
 * The shows of one screen on one cinema day. They depend on screen and day only, so the same day planned again
 * gives the same shows, and a programme can be extended or repeated without doubles.
 */
export function planDay(day: string, screening: Screening, films: readonly ProgrammeFilm[]): PlannedShow[] {
  const date = Temporal.PlainDate.from(day)
  const random = randomOf(`${screening.theater}/${screening.screen}/${day}`)
  const weekend = date.dayOfWeek >= 6
  const lineup = weekOf(date, screening, films)
  const latestStart = date.dayOfWeek === 5 || date.dayOfWeek === 6 ? 24 * 60 + 15 : 22 * 60 + 30
  const shows: PlannedShow[] = []
  let minute = (weekend ? 10 * 60 + 30 : 13 * 60) + 15 * Math.floor(random() * 5)
  while (minute <= latestStart) {
    const film = pick(filmsFor(minute, lineup), random)
    shows.push(present(film, { date, minute, screening, random }))
    const pause = 5 * Math.floor(random() * 4)
    minute = 5 * Math.ceil((minute + film.runtimeMinutes + aroundFilm + pause) / 5)
  }
  return shows
}

type Lineup = { family: ProgrammeFilm[]; evening: ProgrammeFilm[]; late: ProgrammeFilm[] }

/** A cinema week runs from Thursday; its few films return day after day, as people expect. */
function weekOf(
  date: Temporal.PlainDate,
  { theater, screen }: Screening,
  films: readonly ProgrammeFilm[],
): Lineup {
  const thursday = date.subtract({ days: (date.dayOfWeek + 3) % 7 })
  const random = randomOf(`${theater}/${screen}/week of ${thursday}`)
  const has = (...genres: string[]) =>
    films.filter((film) => genres.some((genre) => film.genres.includes(genre)))
  const some = (from: readonly ProgrammeFilm[], count: number) =>
    from
      .map((film) => ({ film, place: random() - film.popularity / 250 }))
      .toSorted((a, b) => a.place - b.place)
      .slice(0, count)
      .map(({ film }) => film)
  return {
    family: some(has('Family'), 2),
    evening: some(
      films.filter((film) => !film.genres.includes('Family')),
      4,
    ),
    late: some(has('Horror', 'Thriller', 'Science Fiction'), 2),
  }
}

function filmsFor(minute: number, lineup: Lineup): readonly ProgrammeFilm[] {
  if (minute < 16 * 60) return lineup.family
  return minute < 21 * 60 + 45 ? lineup.evening : lineup.late
}

type When = { date: Temporal.PlainDate; minute: number; screening: Screening; random: () => number }

function present(film: ProgrammeFilm, { date, minute, screening, random }: When): PlannedShow {
  const start = date.toPlainDateTime().add({ minutes: minute })
  const original = languageCodes[film.languages[0] ?? ''] ?? null
  const matinee = minute < 16 * 60
  const dubbed = matinee && film.genres.includes('Family') && screening.speaks === 'de'
  const language = dubbed ? screening.speaks : original
  const subtitled = language !== null && language !== screening.speaks
  const access: Access[] = []
  if (!subtitled && random() < 0.25) access.push('captions')
  if (film.year > 2005 && random() < 0.3) access.push('audio-description')
  if (matinee && random() < 0.3) access.push('relaxed')
  if (minute > 17 * 60 && random() < 0.06) access.push('signed')
  return {
    movieId: film.id,
    localStart: start.toString({ smallestUnit: 'minute' }),
    format: formatOf(film, random),
    language,
    subtitles: subtitled ? screening.speaks : null,
    access,
  }
}

function formatOf(film: ProgrammeFilm, random: () => number): string | null {
  if (['Avatar', 'Coco', 'Up'].includes(film.title) && random() < 0.5) return '3D'
  if (['Oppenheimer', '2001: A Space Odyssey', 'Interstellar'].includes(film.title) && random() < 0.5)
    return '70 mm'
  if (film.year < 1995) return random() < 0.45 ? '35 mm' : '4K'
  return random() < 0.3 ? 'Dolby Atmos' : null
}
