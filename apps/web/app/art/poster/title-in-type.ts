import { capitals } from './lettering.ts'

type Box = { x: number; width: number; height: number }

const letters = (text: string) => text.match(/\p{L}/gu)?.length ?? 0
// Signs as wide as they are high.
const square = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
const ems = (line: string) => 0.7 * line.length + 0.32 * (line.match(square)?.length ?? 0)

/** Whether a title is written with signs that our drawn letters lack: most of it would be left out. */
export const isBeyondOurLetters = (title: string): boolean =>
  letters(title) > 0 && letters(capitals(title)) * 2 < letters(title)

/** Such a title as live text, in whatever face the reader's machine has for it: up to three lines, from their side. */
export function setTitleInType(title: string, box: Box, ink: string) {
  const lines = inLines(title, 3)
  const size = Math.min(
    box.width / Math.max(...lines.map(ems)),
    box.height / (lines.length * 1.25),
    box.height * 0.6,
  )
  const fromRight = /\p{Script=Hebrew}|\p{Script=Arabic}/u.test(title)
  const x = fromRight ? box.x + box.width : box.x
  const height = size * 1.25 * lines.length
  return (top: number) => ({
    height,
    marks: lines
      .map(
        (line, at) =>
          `<text x="${x}" y="${round(top + size * (1 + at * 1.25))}" font-family="system-ui, sans-serif" font-weight="800" ` +
          `font-size="${round(size)}" fill="${ink}"${fromRight ? ' direction="rtl"' : ''}>${escaped(line)}</text>`,
      )
      .join(''),
  })
}

/** As even as words allow; a script without spaces stays whole. */
function inLines(title: string, most: number): string[] {
  const words = title.split(/\s+/).filter(Boolean)
  const long = Math.ceil(title.length / Math.min(most, Math.ceil(title.length / 12)))
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || (last.length + word.length >= long + 4 && lines.length < most)) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

const round = (value: number) => Math.round(value * 10) / 10
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
