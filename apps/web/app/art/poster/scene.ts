import { contrast } from './colour.ts'
import type { Palette } from './palettes.ts'
import type { Random } from './random.ts'

export const width = 400
export const height = 600
export const margin = 26

/** What a composition is given: inks, chance, the year's digits, and how much of the sheet the title leaves. */
export type Scene = {
  random: Random
  inks: Palette
  year: string
  /** The part of the sheet that the title leaves free, from `top` to `bottom`. */
  free: { top: number; bottom: number }
  /** Paints the marks in stippled grain: dense where their `fill` (url of a fade) is opaque, loose where it fades. */
  stipple(marks: string, ink: string): string
  /** Paints inside a shape only. */
  clip(shape: string, marks: string): string
}

export type Composition = {
  name: string
  title: 'top' | 'bottom'
  /** How much of the height the title may take. */
  titleShare?: number
  /** Which ink covers the sheet behind the title, when it is not the ground. */
  paint(scene: Scene): string
  titleInk?(inks: Palette): string
}

const byLight = (inks: Palette) =>
  [inks.ground, inks.ink, inks.a, inks.b, inks.c].sort(
    (one, other) => contrast(one, '#000000') - contrast(other, '#000000'),
  )
export const darkest = (inks: Palette) => byLight(inks)[0] ?? inks.ink
export const lightest = (inks: Palette) => byLight(inks)[4] ?? inks.ground
/** The ink that stands out most from another. */
export const against = (ink: string, inks: Palette) =>
  contrast(ink, darkest(inks)) > contrast(ink, lightest(inks)) ? darkest(inks) : lightest(inks)

export const fade = {
  down: 'url(#down)',
  up: 'url(#up)',
  right: 'url(#right)',
  left: 'url(#left)',
  out: 'url(#out)',
}

export const n = (value: number) => String(Math.round(value * 10) / 10)

export const rect = (x: number, y: number, w: number, h: number, fill: string) =>
  `<path fill="${fill}" d="M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}z"/>`

export const disc = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}"/>`

export const ring = (x: number, y: number, r: number, stroke: string, thick: number) =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="none" stroke="${stroke}" stroke-width="${n(thick)}"/>`

export const shape = (points: readonly (readonly [number, number])[], fill: string) =>
  `<path fill="${fill}" d="M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}z"/>`

export const path = (d: string, fill: string) => `<path fill="${fill}" d="${d}"/>`

export const steps = (count: number) => Array.from({ length: count }, (_, at) => at)
