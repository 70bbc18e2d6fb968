import condensed from './glyphs-condensed.json' with { type: 'json' }
import wide from './glyphs-wide.json' with { type: 'json' }

/** Archivo's outlines (OFL) in two cuts, 1000 units an em; text is drawn as paths, so a poster needs no font anywhere. */
export type Cut = 'condensed' | 'wide'

type Face = { glyphs: Record<string, [number, string]>; kerning: Record<string, number> }

const faces: Record<Cut, Face> = {
  condensed: condensed as unknown as Face,
  wide: wide as unknown as Face,
}
const capHeight = 686
const sideBearing = 30

/** Capitals that the faces can draw: accents kept where there is a glyph, else dropped; unknown signs become a space. */
export function capitals(text: string, cut: Cut = 'condensed'): string {
  const { glyphs } = faces[cut]
  const known = (sign: string) => {
    if (glyphs[sign]) return sign
    const plain = sign.normalize('NFD').replace(/\p{M}/gu, '')
    return [...plain].every((one) => glyphs[one]) ? plain : ' '
  }
  return [...text.toUpperCase()].map(known).join('').replace(/\s+/g, ' ').trim()
}

/** Width of a line set at 1 unit an em, without the white at its two ends. */
export function widthOf(line: string, cut: Cut): number {
  return Math.max(1, advance(line, cut) - 2 * sideBearing) / 1000
}

function advance(line: string, cut: Cut): number {
  const { glyphs, kerning } = faces[cut]
  const signs = [...line]
  return signs.reduce(
    (sum, sign, at) => sum + (glyphs[sign]?.[0] ?? 250) + (kerning[sign + (signs[at + 1] ?? '')] ?? 0),
    0,
  )
}

export type Line = { text: string; x: number; baseline: number; size: number; cut: Cut }

/** One line as a path, its capitals' left edge at x and standing on the baseline. */
export function drawLine({ text, x, baseline, size, cut }: Line): string {
  const { glyphs, kerning } = faces[cut]
  const scale = size / 1000
  const signs = [...text]
  let pen = -sideBearing
  let path = ''
  signs.forEach((sign, at) => {
    const [width, outline] = glyphs[sign] ?? [250, '']
    path += place(outline, x + pen * scale, baseline, scale)
    pen += width + (kerning[sign + (signs[at + 1] ?? '')] ?? 0)
  })
  return path
}

/** Scales and moves an outline; fonts count y upwards. */
function place(outline: string, x: number, y: number, scale: number): string {
  let isX = true
  return outline.replace(/[A-Z]|-?\d+/g, (token) => {
    if (token >= 'A' && token <= 'Z') {
      isX = true
      return token
    }
    const value = isX ? x + Number(token) * scale : y - Number(token) * scale
    isX = !isX
    return String(Math.round(value * 10) / 10)
  })
}

export const capsOf = (size: number) => (size * capHeight) / 1000
export const sizeForCaps = (height: number) => (height * 1000) / capHeight
