import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast } from '../art/poster/colour.ts'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

test.each(['dark', 'light'])('every text of the %s house can be read by weak eyes', (light) => {
  const token = tokensOf(light)
  for (const ground of ['ground', 'raised'])
    for (const ink of ['ink', 'quiet', 'accent', 'bad', 'good'])
      expect(contrast(token(ink), token(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(4.5)
  expect(contrast(token('edge'), token('ground')), 'the edge of a control').toBeGreaterThanOrEqual(3)
})

test('a device set to light gets the same colours as a visitor who chose light', () => {
  const [chosen = '', device = ''] = [...css.matchAll(/color-scheme: light;([^}]*)/g)].map(
    ([, block]) => block,
  )
  expect(words(device)).toEqual(words(chosen))
})

const words = (block = '') => block.split(/\s+/).filter(Boolean)

function tokensOf(light: string) {
  const block = css.split(`color-scheme: ${light};`)[1]?.split('}')[0] ?? ''
  return (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? `no --${name}`
}
