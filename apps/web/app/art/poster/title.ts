import { type Cut, capitals, capsOf, drawLine, type Line, sizeForCaps, widthOf } from './lettering.ts'

export type Setting = { path: string; height: number }
type Box = { x: number; width: number; height: number }

/**
 * Sets a title so that its lines fill the width. Tries every way to break it into up to six lines and keeps the one
 * that covers most of the box without a little word outgrowing its neighbours.
 */
export function setTitle(title: string, box: Box, cut: Cut = 'condensed'): (top: number) => Setting {
  const words = capitals(title, cut).split(' ').filter(Boolean)
  // Beyond a dozen words the ways to break explode; four lines of them are small print already.
  const settings = waysToBreak(words, words.length > 12 ? 4 : 6).map((lines) => fit(lines, box, cut))
  const best = settings.sort((one, other) => other.score - one.score)[0] ?? { lines: [] }
  return (top) => {
    let y = top
    const path = best.lines.map((line) => {
      y += capsOf(line.size) + line.above
      return drawLine({ text: line.text, size: line.size, x: box.x, baseline: y, cut })
    })
    return { path: path.join(''), height: y - top }
  }
}

type Fitted = { lines: (Pick<Line, 'text' | 'size'> & { above: number })[]; score: number }

function fit(texts: string[], box: Box, cut: Cut): Fitted {
  const full = texts.map((text) => box.width / widthOf(text, cut))
  const tallest = sizeForCaps(box.height * 0.62)
  const smallest = Math.min(...full)
  const sizes = full.map((size) => Math.min(size, tallest, smallest * 2.1))
  const heights = sizes.map((size, at) => capsOf(size) + above(size, texts[at] ?? '', at))
  const height = heights.reduce((sum, one) => sum + one, 0)
  const squeeze = Math.min(1, box.height / height)
  const covered = sizes.reduce(
    (sum, size, at) => sum + squeeze * size * squeeze * (size / (full[at] ?? size)),
    0,
  )
  const lonely = texts.filter((text) => text.length <= 3).length
  return {
    lines: texts.map((text, at) => {
      const size = (sizes[at] ?? smallest) * squeeze
      return { text, size, above: above(size, text, at) }
    }),
    score: covered * squeeze - lonely * 30,
  }
}

// Accents of the lower line need room under the upper one.
const above = (size: number, text: string, at: number) =>
  (at === 0 ? 0 : 3 + size * 0.055) + (/\p{M}/u.test(text.normalize('NFD')) ? size * 0.17 : 0)

function waysToBreak(words: string[], most: number): string[][] {
  if (words.length === 0) return []
  if (most === 1) return [[words.join(' ')]]
  const ways: string[][] = [[words.join(' ')]]
  // Long titles: a line takes at most eight words, or the number of ways explodes.
  for (let first = 1; first < Math.min(words.length, 8); first += 1) {
    for (const rest of waysToBreak(words.slice(first), most - 1)) {
      if (rest.length < most) ways.push([words.slice(0, first).join(' '), ...rest])
    }
  }
  return ways
}

/** The year's digits filling a box: a shape among the others, as large as the box allows in either direction. */
export function setYear(
  year: string,
  box: { x: number; y: number; width: number; height: number },
  cut: Cut = 'condensed',
): string {
  const size = Math.min(box.width / widthOf(year, cut), sizeForCaps(box.height))
  const x = box.x + (box.width - widthOf(year, cut) * size) / 2
  const baseline = box.y + (box.height + capsOf(size)) / 2
  return drawLine({ text: year, x, baseline, size, cut })
}
