import { contrast } from '../colour.ts'
import type { Palette } from '../palettes.ts'
import {
  against,
  type Composition,
  disc,
  fade,
  height,
  margin,
  n,
  path,
  rect,
  shape,
  steps,
  width,
} from '../scene.ts'
import { setYear } from '../title.ts'

/** A striped sun going down behind dunes; the year stands in the sand. */
export const horizon: Composition = {
  name: 'horizon',
  title: 'top',
  titleShare: 0.3,
  paint({ random, inks, year, free, stipple }) {
    const ground = free.top + (free.bottom - free.top) * 0.62
    const r = Math.min(150, (ground - free.top) * 0.62)
    const x = random.between(140, 260)
    const y = ground - r * random.between(0.25, 0.45)
    const bars = steps(6).map((at) => rect(0, y + at * r * 0.17, width, 3 + at * 2.2, inks.ground))
    const dune = (base: number, swing: number) =>
      `M0 ${n(base)}C${n(width * 0.3)} ${n(base - swing)} ${n(width * 0.55)} ${n(base + swing)} ${width} ${n(base - swing * 0.4)}V${height}H0z`
    const side = random.chance(0.5) ? 1 : -1
    const back = dune(ground, 26 * side)
    const front = dune(ground + 78, -36 * side)
    return [
      disc(x, y, r, inks.b),
      stipple(disc(x, y, r, fade.down), inks.a),
      ...bars,
      path(back, inks.c),
      stipple(path(back, fade.down), inks.ink === inks.c ? inks.a : inks.ink),
      path(
        setYear(year, { x: margin, y: ground - 34, width: width - 2 * margin, height: 124 }),
        against(inks.c, inks),
      ),
      path(front, inks.c),
      stipple(path(front, fade.right), inks.ground),
    ].join('')
  },
}

/** The ink that is read best on the lit face and on the dark one. */
function onBoth(inks: Palette): string {
  const worst = (ink: string) => Math.min(contrast(ink, inks.a), contrast(ink, inks.c))
  return [inks.ground, inks.ink, inks.b].reduce((best, ink) => (worst(ink) > worst(best) ? ink : best))
}

/** Peaks with a lit and a dark face; the year is carved in the lowest. */
export const peaks: Composition = {
  name: 'peaks',
  title: 'top',
  titleShare: 0.3,
  paint({ random, inks, year, free, stipple }) {
    const room = height - free.top
    const peak = (x: number, top: number, half: number, light: string, dark: string) => {
      const lean = random.between(-0.25, 0.25) * half
      const face = shape(
        [
          [x, top],
          [x + half, height],
          [x + lean, height],
        ],
        dark,
      )
      return [
        shape(
          [
            [x, top],
            [x - half, height],
            [x + lean, height],
          ],
          light,
        ),
        face,
        stipple(
          shape(
            [
              [x, top],
              [x + half, height],
              [x + lean, height],
            ],
            fade.right,
          ),
          inks.ink,
        ),
      ].join('')
    }
    const sun = disc(random.chance(0.5) ? 96 : 304, free.top + room * 0.2, 44, inks.a)
    return [
      sun,
      stipple(rect(0, free.top, width, room * 0.6, fade.down), inks.b),
      peak(random.between(60, 130), free.top + room * 0.3, 210, inks.b, inks.c),
      peak(random.between(280, 350), free.top + room * 0.18, 250, inks.b, inks.c),
      peak(random.between(170, 240), free.top + room * 0.48, 260, inks.a, inks.c),
      path(setYear(year, { x: 60, y: height - 132, width: 280, height: 100 }), onBoth(inks)),
    ].join('')
  },
}

/** A wood at night: trunks, and a moon whose marks are the year. */
export const wood: Composition = {
  name: 'wood',
  title: 'bottom',
  titleShare: 0.3,
  paint({ random, inks, year, free, stipple, clip }) {
    const depth = free.bottom
    const x = random.between(175, 225)
    const y = depth * 0.46
    const trunks = (count: number, thick: number, ink: string, [from, to] = [0, 1]) =>
      steps(count).map((at) => {
        const at0 = (from + ((at + random.between(0.15, 0.85)) / count) * (to - from)) * width
        const w = thick * random.between(0.7, 1.4)
        const lean = random.between(-14, 14)
        const body = [
          [at0 - w * 0.36 + lean, -4],
          [at0 + w * 0.36 + lean, -4],
          [at0 + w * 0.6, depth],
          [at0 - w * 0.6, depth],
        ] as const
        return shape(body, ink) + stipple(shape(body, fade.right), inks.ink === ink ? inks.ground : inks.c)
      })
    return [
      clip(
        rect(0, 0, width, depth, '#000'),
        [
          rect(0, 0, width, depth, inks.b),
          stipple(rect(0, 0, width, depth, fade.up), inks.c),
          ...trunks(9, 15, inks.c),
          disc(x, y, 116, inks.a),
          stipple(disc(x, y, 116, fade.right), inks.c),
          path(setYear(year, { x: x - 92, y: y - 60, width: 184, height: 120 }), against(inks.a, inks)),
          ...trunks(2, 40, inks.ground, [-0.1, 0.24]),
          ...trunks(2, 40, inks.ground, [0.8, 1.1]),
        ].join(''),
      ),
    ].join('')
  },
}

/** Bands of sea, one behind the other; the year is half under water. */
export const sea: Composition = {
  name: 'sea',
  title: 'top',
  titleShare: 0.32,
  paint({ random, inks, year, free, stipple }) {
    const room = height - free.top
    const level = free.top + room * 0.42
    const wave = (base: number, swing: number, turn: number) => {
      const points = steps(41).map((at) => {
        const x = at * 10
        return `${x} ${n(base + swing * Math.sin(x / 46 + turn) + swing * 0.4 * Math.sin(x / 19 + turn * 2))}`
      })
      return `M0 ${height}L${points.join('L')}L${width} ${height}z`
    }
    const bands = [inks.b, inks.c, inks.a, inks.ink, inks.b]
    const waves = bands.map((ink, at) => {
      const d = wave(level + at * room * 0.125, 10 + at * 3, random.between(0, 6))
      return path(d, ink) + stipple(path(d, fade.down), bands[(at + 1) % bands.length] ?? inks.ink)
    })
    const [first = '', ...others] = waves
    const sun = disc(random.chance(0.5) ? 320 : 84, level - room * 0.24, 34, inks.c)
    const digits = setYear(year, { x: margin, y: level - 118, width: width - 2 * margin, height: 170 })
    return [sun, first, path(digits, inks.a), ...others].join('')
  },
}
