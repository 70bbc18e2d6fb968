/**
 * How many letters to add, drop, change or swap until a word begins with what was asked: optimal string
 * alignment (Damerau 1964), at its least over all beginnings of the word.
 */
export function distanceToBeginning(asked: string, word: string): number {
  const [a, b] = [[...asked], [...word]]
  let before: number[] = []
  let row = b.map((_, at) => at + 1)
  row.unshift(0)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = row
    row = next
  }
  return Math.min(...row)
}

/** Errors that are forgiven in a word of so many letters. */
export const forgiven = (length: number) => (length < 3 ? 0 : length < 6 ? 1 : 2)

const mostWords = 8

/** Of some words those that are nearest to what was asked, if any is near enough. */
export function nearest(asked: string, words: readonly string[]): string[] {
  const measured = words
    .map((word) => ({ word, errors: distanceToBeginning(asked, word) }))
    .filter(({ errors }) => errors <= forgiven([...asked].length))
  const least = Math.min(...measured.map(({ errors }) => errors))
  return measured
    .filter(({ errors }) => errors === least)
    .map(({ word }) => word)
    .slice(0, mostWords)
}

/** The word with two neighbouring letters swapped, each way: the error that trigrams see least. */
export function swapped(word: string): string[] {
  const letters = [...word]
  return letters
    .slice(1)
    .map((letter, at) =>
      [...letters.slice(0, at), letter, letters[at] ?? '', ...letters.slice(at + 2)].join(''),
    )
}
