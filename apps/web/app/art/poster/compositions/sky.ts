import { contrast } from '../colour.ts'
import {
  type Composition,
  darkest,
  disc,
  fade,
  height,
  lightest,
  margin,
  n,
  path,
  rect,
  ring,
  shape,
  steps,
  width,
} from '../scene.ts'
import { setYear } from '../title.ts'

/** Orbits round a planet that carries the year. */
export const orbits: Composition = {
  name: 'orbits',
  title: 'bottom',
  titleShare: 0.28,
  paint({ random, inks, year, free, stipple, clip }) {
    const depth = free.bottom
    const x = random.between(120, 280)
    const y = depth * random.between(0.44, 0.54)
    const stars = steps(70).map(() =>
      disc(random.between(0, width), random.between(0, depth), random.between(0.5, 1.5), inks.ink),
    )
    const paths = steps(5).map((at) => {
      const r = 132 + at * 44
      const angle = random.between(0, 6.28)
      const body = disc(
        x + Math.cos(angle) * r,
        y + Math.sin(angle) * r,
        random.between(5, 17),
        at % 2 ? inks.a : inks.b,
      )
      return ring(x, y, r, inks.ink, at === 2 ? 3 : 1.1) + body
    })
    const globe = disc(x, y, 104, inks.a)
    return clip(
      rect(0, 0, width, depth, '#000'),
      [
        rect(0, 0, width, depth, inks.c),
        stipple(disc(x, y, 300, fade.out), inks.ground),
        ...stars,
        ...paths,
        globe,
        clip(
          disc(x, y, 104, '#000'),
          path(setYear(year, { x: x - 92, y: y - 60, width: 184, height: 120 }), inks.c),
        ),
        stipple(disc(x, y, 104, fade.right), inks.c),
      ].join(''),
    )
  },
}

/** Rays burst from a corner over the year in full size. */
export const rays: Composition = {
  name: 'rays',
  title: 'top',
  titleShare: 0.34,
  paint({ random, inks, year, free, stipple }) {
    const x = random.between(60, 340)
    const y = height - random.between(20, 120)
    const count = 18
    const turn = random.between(0, 1)
    const beams = steps(count).map((at) => {
      const angle = (k: number) => ((k + turn) / count) * 2 * Math.PI
      const out = (k: number) => [x + Math.cos(angle(k)) * 800, y + Math.sin(angle(k)) * 800] as const
      return shape([[x, y], out(at), out(at + 0.5)], at % 2 ? inks.a : inks.b)
    })
    const room = height - free.top
    const box = { x: margin, y: free.top + room * 0.26, width: width - 2 * margin, height: room * 0.5 }
    const digits = setYear(year, box)
    const shadow = steps(10).map(
      (at) => `<path transform="translate(${at + 1} ${at + 1})" fill="${inks.c}" d="${digits}"/>`,
    )
    return [
      `<g>${beams.join('')}</g>`,
      rect(0, 0, width, free.top - 6, inks.ground),
      stipple(rect(0, free.top - 7, width, room * 0.3, fade.up), inks.ground),
      disc(x, y, 66, inks.b),
      stipple(disc(x, y, 300, fade.out), inks.c),
      ...shadow,
      path(digits, contrast(inks.ink, inks.c) > 3 ? inks.ink : inks.ground),
    ].join('')
  },
}

/** One eye, wide open; the year looks back out of it. */
export const eye: Composition = {
  name: 'eye',
  title: 'bottom',
  titleShare: 0.28,
  paint({ random, inks, year, free, stipple, clip }) {
    const depth = free.bottom
    const y = depth * 0.5
    const open = random.between(0.55, 0.75)
    const lid = `M-30 ${n(y)}Q200 ${n(y - depth * open)} 430 ${n(y)}Q200 ${n(y + depth * open)} -30 ${n(y)}z`
    const lashes = steps(23).map((at) => {
      const angle = Math.PI + ((at + 0.5) / 23) * Math.PI
      const x1 = 200 + Math.cos(angle) * 215
      const y1 = y + Math.sin(angle) * depth * open * 0.5
      return shape(
        [
          [x1 - 4, y1],
          [x1 + 4, y1],
          [x1 + Math.cos(angle) * 44, y1 + Math.sin(angle) * 74],
        ],
        inks.ink,
      )
    })
    const look = 200 + random.between(-26, 26)
    const iris = steps(40).map((at) => {
      const angle = (at / 40) * 2 * Math.PI
      const r = random.between(76, 108)
      return shape(
        [
          [look + Math.cos(angle - 0.05) * 116, y + Math.sin(angle - 0.05) * 116],
          [look + Math.cos(angle + 0.05) * 116, y + Math.sin(angle + 0.05) * 116],
          [look + Math.cos(angle) * (r - 40), y + Math.sin(angle) * (r - 40)],
        ],
        inks.c,
      )
    })
    return clip(
      rect(0, 0, width, depth, '#000'),
      [
        rect(0, 0, width, depth, inks.c),
        stipple(rect(0, 0, width, depth, fade.down), inks.ground),
        ...lashes,
        path(lid, inks.b),
        clip(
          path(lid, '#000'),
          [
            disc(look, y, 118, inks.a),
            ...iris,
            disc(look, y, 66, darkest(inks)),
            path(setYear(year, { x: look - 54, y: y - 36, width: 108, height: 72 }), lightest(inks)),
            stipple(path(lid, fade.down), inks.ground),
            disc(look + 40, y - 54, 12, inks.b),
          ].join(''),
        ),
      ].join(''),
    )
  },
}
