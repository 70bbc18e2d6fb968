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

/** What a title is compared by: no accents, no case, no punctuation, single spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}'’]/gu, '')
    .replaceAll(/[ßøæœłđðþı]/g, (letter) => letters[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, longest)
    .toWellFormed()
}

/** What a title is sorted by: "The General" stands under G. */
export function sortTitle(title: string): string {
  const folded = fold(title)
  return folded.replace(/^(the|a|an) (?=.)/, '')
}
