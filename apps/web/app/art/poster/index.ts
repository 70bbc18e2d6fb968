import { designFor, type PosterFilm } from './choose.ts'
import { capitals, capsOf, drawLine, widthOf } from './lettering.ts'
import { randomFrom } from './random.ts'
import { height, margin, type Scene, width } from './scene.ts'
import { setTitle } from './title.ts'
import { isBeyondOurLetters, setTitleInType } from './title-in-type.ts'

export { hang, type PosterFilm } from './choose.ts'
export { type PosterColours, posterColours } from './poster-colours.ts'

/** Draws a film's poster: an SVG of 400 by 600 units, always the same for the same film and variant. */
export function poster(film: PosterFilm, variant = 0): string {
  const { composition, inks } = designFor(film, variant)
  const defs: string[] = []
  const filters = new Map<string, string>()
  const box = { x: margin, width: width - 2 * margin, height: height * (composition.titleShare ?? 0.3) }
  const drawn = setTitle(film.title, box)
  const set = isBeyondOurLetters(film.title)
    ? setTitleInType(film.title, box, inks.ink)
    : (top: number) => {
        const { path, height } = drawn(top)
        return { height, marks: `<path fill="${inks.ink}" d="${path}"/>` }
      }
  const titleHeight = set(0).height
  const footing = 22
  const onTop = composition.title === 'top'
  const titleTop = onTop ? margin : height - margin - footing - titleHeight
  const scene: Scene = {
    random: randomFrom(`${film.id}/${composition.name}`),
    inks,
    year: film.year ? String(film.year) : '••••',
    free: onTop ? { top: margin + titleHeight + 18, bottom: height } : { top: 0, bottom: titleTop - 18 },
    stipple(marks, ink) {
      const id = filters.get(ink) ?? `s${filters.size}`
      if (!filters.has(ink)) defs.push(stippleFilter(id, ink, filters.size))
      filters.set(ink, id)
      return `<g filter="url(#${id})">${marks}</g>`
    },
    clip(outline, marks) {
      const id = `c${defs.length}`
      defs.push(`<clipPath id="${id}">${outline}</clipPath>`)
      return `<g clip-path="url(#${id})">${marks}</g>`
    },
  }
  const art = composition.paint(scene)
  const lettering = set(titleTop).marks
  const foot = onTop ? '' : `<path fill="${inks.ink}" d="${footLine(film)}"/>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escapeMarkup(film.title)}</title>`,
    `<defs>${fades}${grainFilter}${defs.join('')}</defs>`,
    `<path fill="${inks.ground}" d="M0 0h${width}v${height}H0z"/>`,
    `<g filter="url(#rough)">${art}${lettering}</g>`,
    foot,
    `<path filter="url(#grain)" d="M0 0h${width}v${height}H0z"/>`,
    '</svg>',
  ].join('')
}

/** The small print at the foot, as wide as the title: the genres, then the year. */
function footLine(film: PosterFilm): string {
  const words =
    capitals([...film.genres.slice(0, 3), film.year ?? ''].join('  '), 'wide') || capitals(film.title, 'wide')
  const size = Math.min(11, (width - 2 * margin) / widthOf(words, 'wide'))
  return drawLine({
    text: words,
    x: margin,
    baseline: height - margin + capsOf(size) / 2 - 2,
    size,
    cut: 'wide',
  })
}

const stop = (offset: number, opacity: number) => `<stop offset="${offset}" stop-opacity="${opacity}"/>`
const linear = (id: string, turn: number) =>
  `<linearGradient id="${id}" gradientTransform="rotate(${turn} .5 .5)">${stop(0.08, 0)}${stop(1, 0.92)}</linearGradient>`
const fades =
  linear('right', 0) +
  linear('down', 90) +
  linear('left', 180) +
  linear('up', 270) +
  `<radialGradient id="out">${stop(0.35, 0)}${stop(1, 0.95)}</radialGradient>`

// A mark is kept where its opacity beats the noise at that point: shading by dots, as a litho stone does it.
const stippleFilter = (id: string, ink: string, seed: number) =>
  `<filter id="${id}" filterUnits="userSpaceOnUse" x="0" y="0" width="${width}" height="${height}" color-interpolation-filters="sRGB">` +
  `<feTurbulence type="fractalNoise" baseFrequency=".62" numOctaves="2" seed="${seed + 2}"/>` +
  '<feColorMatrix values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2.3 0 0 0 -.66" result="n"/>' +
  '<feComposite in="SourceAlpha" in2="n" operator="arithmetic" k2="1" k3="1" k4="-1"/>' +
  '<feComponentTransfer result="m"><feFuncA type="linear" slope="7"/></feComponentTransfer>' +
  `<feFlood flood-color="${ink}"/><feComposite operator="in" in2="m"/>` +
  '<feComposite operator="in" in2="SourceAlpha"/></filter>'

// `rough` frays every edge by a hair, `grain` lays paper dust over the whole sheet.
const grainFilter =
  `<filter id="rough" filterUnits="userSpaceOnUse" x="0" y="0" width="${width}" height="${height}" color-interpolation-filters="sRGB">` +
  '<feTurbulence type="fractalNoise" baseFrequency=".32" numOctaves="1" seed="7" result="t"/>' +
  '<feDisplacementMap in="SourceGraphic" in2="t" scale="2.2" xChannelSelector="R" yChannelSelector="G"/></filter>' +
  `<filter id="grain" filterUnits="userSpaceOnUse" x="0" y="0" width="${width}" height="${height}" color-interpolation-filters="sRGB">` +
  '<feTurbulence type="fractalNoise" baseFrequency=".85" numOctaves="2" seed="11" result="t"/>' +
  '<feColorMatrix in="t" values="0 0 0 0 1 0 0 0 0 .96 0 0 0 0 .88 0 0 1.5 0 -.8" result="light"/>' +
  '<feColorMatrix in="t" values="0 0 0 0 .06 0 0 0 0 .04 0 0 0 0 .03 1.5 0 0 0 -.78"/>' +
  '<feMerge><feMergeNode/><feMergeNode in="light"/></feMerge></filter>'

const escapeMarkup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
