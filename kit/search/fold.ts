const letters: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

// Some letters unfold into many, and an index entry has a limit.
const longest = 400
const longestWord = 60
const mostWords = 12

/** What text is compared by, in every engine: no accents, no case, no punctuation, single spaces. */
export function fold(text: string): string {
  return text
    .slice(0, 10_000)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}'’]/gu, '')
    .replaceAll(/[ßøæœłđðþı]/g, (letter) => letters[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** A folded title, short enough for an index. */
export const foldTitle = (text: string): string => fold(text).slice(0, longest).toWellFormed().trim()

/** The folded words of a text. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longestWord).toWellFormed())

/** What somebody asks for, folded: its words, as many as are worth looking at. */
export function readQuestion(q: string): { folded: string; words: string[] } {
  const folded = foldTitle(q.slice(0, 300))
  return { folded, words: [...new Set(wordsOf(folded))].slice(0, mostWords) }
}
