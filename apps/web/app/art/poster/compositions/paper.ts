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
  ring,
  shape,
  steps,
  width,
} from '../scene.ts'
import { setYear } from '../title.ts'

/** Two circles meet; the year is where they overlap. */
export const pair: Composition = {
  name: 'pair',
  title: 'bottom',
  titleShare: 0.3,
  paint({ random, inks, year, free, stipple, clip }) {
    const depth = free.bottom
    const r = Math.min(150, depth * 0.36)
    const tilt = random.between(-0.5, 0.5) + (random.chance(0.5) ? Math.PI / 2 : 0)
    const dx = Math.cos(tilt) * r * 0.52
    const dy = Math.sin(tilt) * r * 0.52
    const x = width / 2
    const y = depth / 2 + 8
    const left = (fill: string) => disc(x - dx, y - dy, r, fill)
    const right = (fill: string) => disc(x + dx, y + dy, r, fill)
    return [
      left(inks.a),
      stipple(left(fade.down), inks.c),
      right(inks.b),
      stipple(right(fade.up), inks.c),
      clip(left('#000'), right(inks.c)),
      path(setYear(year, { x: x - r * 0.46, y: y - 46, width: r * 0.92, height: 92 }), against(inks.c, inks)),
    ].join('')
  },
}

/** Cut paper thrown in the air, the year's digits among it. */
export const confetti: Composition = {
  name: 'confetti',
  title: 'bottom',
  titleShare: 0.32,
  paint({ random, inks, year, free, stipple }) {
    const depth = free.bottom - 8
    const colours = [inks.a, inks.b, inks.c] as const
    const leaf = (x: number, y: number, size: number, ink: string) => {
      const angle = random.between(0, 360)
      const kind = random.whole(0, 3)
      const marks = [
        `M${n(-size)} 0Q0 ${n(-size)} ${n(size)} 0Q0 ${n(size * 0.2)} ${n(-size)} 0z`,
        `M${n(-size)} 0A${n(size)} ${n(size)} 0 0 1 ${n(size)} 0z`,
        `M0 ${n(-size)}L${n(size * 0.9)} ${n(size * 0.6)}L${n(-size * 0.7)} ${n(size * 0.8)}z`,
        `M${n(-size)} ${n(-size * 0.28)}h${n(size * 2)}v${n(size * 0.56)}h${n(-size * 2)}z`,
      ]
      const d = marks[kind] ?? ''
      return `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(angle)})"><path fill="${ink}" d="${d}"/></g>`
    }
    const scraps = steps(34).map((at) =>
      leaf(
        (((at * 0.618) % 1) * 1.06 - 0.03) * width,
        ((at + random.between(0, 0.8)) / 34) * depth - 10,
        random.between(20, 64),
        colours[at % 3] ?? inks.a,
      ),
    )
    const digits = [...year].map((digit, at) => {
      const w = 104
      const x = 22 + at * 88
      const y = depth * (0.5 + (at % 2 ? 0.12 : -0.12)) - 75
      const turn = random.between(-16, 16)
      const d = setYear(digit, { x, y, width: w, height: 150 })
      return `<g transform="rotate(${n(turn)} ${n(x + w / 2)} ${n(y + 75)})">${path(d, inks.ink)}</g>`
    })
    return [...scraps, stipple(rect(0, 0, width, depth, fade.down), inks.ground), ...digits].join('')
  },
}

/** Quarter circles on a grid; four of the tiles are the year. */
export const tiles: Composition = {
  name: 'tiles',
  title: 'bottom',
  titleShare: 0.28,
  paint({ random, inks, year, free, stipple }) {
    const columns = 4
    const size = width / columns
    const rows = Math.ceil(free.bottom / size)
    const top = free.bottom - rows * size - 8
    const colours = [inks.a, inks.b, inks.c, inks.ground] as const
    const yearRow = random.whole(1, Math.max(1, rows - 2))
    const marks: string[] = []
    for (const row of steps(rows))
      for (const column of steps(columns)) {
        const x = column * size
        const y = top + row * size
        const under = colours[(column + row * 2 + random.whole(0, 1)) % 4] ?? inks.a
        const over =
          colours.find((ink) => ink !== under && random.chance(0.6)) ?? (under === inks.b ? inks.c : inks.b)
        const [cx, cy] = random.pick([
          [x, y],
          [x + size, y],
          [x, y + size],
          [x + size, y + size],
        ] as const)
        const arc = `M${n(cx)} ${n(cy)}L${n(cx === x ? x + size : x)} ${n(cy)}A${n(size)} ${n(size)} 0 0 ${(cx === x) === (cy === y) ? 1 : 0} ${n(cx)} ${n(cy === y ? y + size : y)}z`
        const digit = row === yearRow ? year[column] : undefined
        if (digit) {
          marks.push(
            rect(x, y, size + 0.5, size + 0.5, inks.ground),
            path(
              setYear(digit, { x: x + 8, y: y + 8, width: size - 16, height: size - 16 }, 'wide'),
              inks.ink,
            ),
          )
        } else {
          marks.push(rect(x, y, size + 0.5, size + 0.5, under), path(arc, over))
          if (random.chance(0.5))
            marks.push(stipple(path(arc, random.pick([fade.down, fade.right, fade.up] as const)), under))
        }
      }
    return marks.join('')
  },
}

/** The same figure a moment later, frame by frame; the last frames count the year. */
export const frames: Composition = {
  name: 'frames',
  title: 'bottom',
  titleShare: 0.28,
  paint({ random, inks, year, free, stipple }) {
    const columns = 4
    const rows = 4
    const gap = 7
    const w = (width - 2 * margin - gap * (columns - 1)) / columns
    const h = (free.bottom - margin - 10 - gap * (rows - 1)) / rows
    const lead = random.whole(0, 3)
    return steps(rows * columns)
      .map((at) => {
        const row = Math.floor(at / columns)
        const column = at % columns
        const x = margin + column * (w + gap)
        const y = margin + row * (h + gap)
        const part = at / (rows * columns - 1)
        const digit = row === lead ? year[column] : undefined
        const under = digit ? inks.a : (row + column) % 2 ? inks.b : inks.c
        const body = digit
          ? path(setYear(digit, { x: x + 4, y: y + 4, width: w - 8, height: h - 8 }), against(inks.a, inks))
          : disc(
              x + w * (0.2 + 0.6 * part),
              y + h * (0.76 - Math.sin(part * Math.PI * 2.5) ** 2 * 0.56),
              w * 0.19,
              against(under, inks),
            ) + rect(x, y + h * 0.93, w, h * 0.07, against(under, inks))
        return (
          rect(x, y, w, h, under) + (digit ? '' : stipple(rect(x, y, w, h, fade.down), inks.ground)) + body
        )
      })
      .join('')
  },
}

/** A curtain, a round of light on it, the year in the light. */
export const curtain: Composition = {
  name: 'curtain',
  title: 'bottom',
  titleShare: 0.28,
  paint({ random, inks, year, free, stipple, clip }) {
    const depth = free.bottom
    const folds = steps(10).map((at) => {
      const x = at * 40
      const w = 40 + random.between(-4, 4)
      const fold = `M${n(x)} 0h${n(w)}V${n(depth - 26)}q${n(-w / 2)} 30 ${n(-w)} 0z`
      return (
        path(fold, at % 2 ? inks.a : inks.c) + stipple(path(fold, fade.right), at % 2 ? inks.c : inks.ground)
      )
    })
    const x = random.between(165, 235)
    const y = depth * 0.46
    const light = (fill: string) => disc(x, y, 128, fill)
    return [
      ...folds,
      light(inks.b),
      clip(
        light('#000'),
        steps(10)
          .map((at) => stipple(rect(at * 40 + 20, 0, 20, depth, fade.right), inks.a))
          .join(''),
      ),
      path(setYear(year, { x: x - 106, y: y - 70, width: 212, height: 140 }), against(inks.b, inks)),
    ].join('')
  },
}

/** Nothing but the year, as large as the sheet, and a few rules of ink. */
export const figures: Composition = {
  name: 'figures',
  title: 'top',
  titleShare: 0.32,
  paint({ random, inks, year, free, stipple, clip }) {
    const room = height - free.top
    const upper = setYear(
      year.slice(0, 2),
      { x: -8, y: free.top + 4, width: width + 16, height: room / 2 - 6 },
      'wide',
    )
    const lower = setYear(
      year.slice(2) || year,
      { x: -8, y: free.top + room / 2 + 2, width: width + 16, height: room / 2 - 6 },
      'wide',
    )
    const bar = random.between(0.25, 0.7)
    const band = shape(
      [
        [0, free.top + room * bar],
        [width, free.top + room * (bar - 0.22)],
        [width, free.top + room * (bar - 0.02)],
        [0, free.top + room * (bar + 0.2)],
      ],
      inks.b,
    )
    return [
      path(upper, inks.a),
      path(lower, inks.c),
      stipple(path(upper, fade.down), inks.ground),
      stipple(path(lower, fade.up), inks.ground),
      clip(path(upper + lower, '#000'), band),
      ring(random.between(120, 280), free.top + room * bar, 74, inks.ink, 10),
    ].join('')
  },
}
