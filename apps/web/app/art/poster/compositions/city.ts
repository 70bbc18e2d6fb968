import { contrast } from '../colour.ts'
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

/** Houses by night, some windows lit, a beam across the sky that holds the year. */
export const skyline: Composition = {
  name: 'skyline',
  title: 'top',
  titleShare: 0.3,
  paint({ random, inks, year, free, stipple }) {
    const room = height - free.top
    const source = random.chance(0.5) ? 40 : 360
    const far = width - source
    const beam = [
      [source, height - 40],
      [far - 150, free.top + 4],
      [far + 130, free.top + 4],
    ] as const
    const houses = (low: number, high: number, ink: string, lit: string) => {
      let x = -10
      let marks = ''
      while (x < width) {
        const w = random.between(34, 74)
        const tall = room * random.between(low, high)
        marks +=
          rect(x, height - tall, w + 1, tall, ink) +
          stipple(rect(x, height - tall, w, tall, fade.right), inks.ground)
        for (let wy = height - tall + 14; wy < height - 12; wy += 17)
          for (let wx = x + 8; wx < x + w - 10; wx += 12)
            if (random.chance(0.22)) marks += rect(wx, wy, 6, 9, lit)
        x += w
      }
      return marks
    }
    return [
      shape(beam, inks.b),
      stipple(shape(beam, fade.down), inks.ground),
      path(
        setYear(year, { x: margin + 8, y: free.top + 26, width: width - 2 * margin - 16, height: 150 }),
        inks.a,
      ),
      houses(0.24, 0.5, inks.c, inks.b),
      houses(0.08, 0.3, contrast(inks.ground, '#000000') > 8 ? inks.ink : inks.ground, inks.a),
    ].join('')
  },
}

/** Light through a blind falls over the year. */
export const blind: Composition = {
  name: 'blind',
  title: 'bottom',
  titleShare: 0.3,
  paint({ random, inks, year, free, stipple, clip }) {
    const depth = free.bottom
    const lean = random.between(-38, 38)
    const slats = steps(13).map((at) => {
      const y = at * (depth / 12) - 20
      const thick = 8 + at * 1.35
      return shape(
        [
          [0, y + lean],
          [width, y - lean],
          [width, y - lean + thick],
          [0, y + lean + thick],
        ],
        inks.ground,
      )
    })
    const [one = '', two = '', three = '', four = ''] = [...year]
    const half = (depth - 30) / 2
    const digits = [
      setYear(`${one}${two}`, { x: margin, y: 18, width: width - 2 * margin, height: half - 8 }, 'wide'),
      setYear(
        `${three}${four}`,
        { x: margin, y: 18 + half, width: width - 2 * margin, height: half - 8 },
        'wide',
      ),
    ]
    const stands =
      year.length === 4 ? digits : [setYear(year, { x: margin, y: 20, width: 348, height: depth - 40 })]
    return clip(
      rect(0, 0, width, depth, '#000'),
      [
        rect(0, 0, width, depth, inks.b),
        stipple(rect(0, 0, width, depth, lean > 0 ? fade.right : fade.left), inks.c),
        path(stands.join(''), inks.a),
        ...slats,
      ].join(''),
    )
  },
}

/** A stair that winds inwards; the year lies on its ground. */
export const spiral: Composition = {
  name: 'spiral',
  title: 'bottom',
  titleShare: 0.3,
  paint({ random, inks, year, free, stipple, clip }) {
    const depth = free.bottom
    const x = width / 2 + random.between(-30, 30)
    const y = depth * 0.48
    const turn = random.between(0, 6.28)
    const way = random.chance(0.5) ? 1 : -1
    const count = 26
    const wedges = steps(count * 3).map((at) => {
      const angle = (k: number) => turn + way * (k / count) * 2 * Math.PI
      const radius = (k: number) => 360 * 0.963 ** k
      const point = (k: number, r: number) =>
        [x + Math.cos(angle(k)) * r, y + Math.sin(angle(k)) * r] as const
      const ink = at % 2 === 0 ? inks.a : inks.c
      return shape(
        [
          point(at, radius(at)),
          point(at + 1, radius(at + 1)),
          point(at + 1, radius(at + count)),
          point(at, radius(at + count - 1)),
        ],
        ink,
      )
    })
    const digits = setYear(year, { x: x - 44, y: y - 30, width: 88, height: 60 })
    return clip(
      rect(0, 0, width, depth, '#000'),
      [
        rect(0, 0, width, depth, inks.b),
        ...wedges,
        stipple(disc(x, y, 330, fade.out), inks.ground),
        disc(x, y, 58, inks.ground),
        path(digits, against(inks.ground, inks)),
      ].join(''),
    )
  },
}

/** Concentric walls with gaps: a labyrinth whose middle is the year. */
export const maze: Composition = {
  name: 'maze',
  title: 'bottom',
  titleShare: 0.28,
  paint({ random, inks, year, free, stipple }) {
    const left = margin
    const top = margin
    const w = width - 2 * margin
    const h = free.bottom - margin - 14
    const walls = steps(6).map((at) => {
      const inset = at * 25
      const x = left + inset
      const y = top + inset
      const iw = w - 2 * inset
      const ih = h - 2 * inset
      if (iw < 60 || ih < 60) return ''
      const length = 2 * (iw + ih)
      const gap = 34
      const shift = random.between(0, length)
      return `<path d="M${n(x)} ${n(y)}h${n(iw)}v${n(ih)}h${n(-iw)}z" fill="none" stroke="${at % 3 === 1 ? inks.a : inks.ink}" stroke-width="11" stroke-dasharray="${n(length * 0.62 - gap)} ${gap} ${n(length * 0.38 - gap)} ${gap}" stroke-dashoffset="${n(shift)}"/>`
    })
    const middle = {
      x: left + 150,
      y: top + Math.min(150, h / 2 - 40),
      width: w - 300,
      height: Math.max(60, h - 300),
    }
    return [
      rect(0, 0, width, free.bottom, inks.b),
      stipple(rect(0, 0, width, free.bottom, fade.down), inks.c),
      ...walls,
      rect(middle.x - 34, middle.y, middle.width + 68, middle.height, inks.a),
      path(setYear(year, { ...middle, x: middle.x - 26, width: middle.width + 52 }), against(inks.a, inks)),
    ].join('')
  },
}
