/** What people rated, person after person, each from the oldest to the newest. Films are numbers from 0. */
export type Histories = {
  /** Where each person begins in `films` and `stars`, and the end of the last. */
  starts: Int32Array
  films: Int32Array
  /** Half stars, 1 to 10. */
  stars: Uint8Array
  filmCount: number
}

/** Gathers histories person by person. */
export function createHistories() {
  const numbers = new Map<string, number>()
  const starts = [0]
  const films: number[] = []
  const stars: number[] = []
  return {
    /** `film stars` separated by commas, oldest first, as the store gives a person. */
    add(person: string): void {
      for (const one of person.split(',')) {
        const film = one.slice(0, 36)
        const number = numbers.get(film) ?? numbers.size
        if (number === numbers.size) numbers.set(film, number)
        films.push(number)
        stars.push(Number(one.slice(37)))
      }
      starts.push(films.length)
    },
    finish: (): { histories: Histories; filmIds: string[] } => ({
      histories: {
        starts: Int32Array.from(starts),
        films: Int32Array.from(films),
        stars: Uint8Array.from(stars),
        filmCount: numbers.size,
      },
      filmIds: [...numbers.keys()],
    }),
  }
}
