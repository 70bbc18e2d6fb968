const [begin, end] = ['\u2068', '\u2069']
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
// A stray one of these would turn the rest of the sentence round.
const turns = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/**
 * Somebody's own words inside a sentence of ours: the commas and numbers around them stay where they belong, whichever
 * way they are read. Words that read as ours do stay as they are, so that what is copied from a mail has nothing
 * invisible in it.
 */
export function isolated(words: string): string {
  const plain = words.replaceAll(turns, '')
  return rightToLeft.test(plain) ? `${begin}${plain}${end}` : plain
}

/** The same for HTML that is escaped already. */
export const asElements = (html: string): string => html.replaceAll(begin, '<bdi>').replaceAll(end, '</bdi>')
