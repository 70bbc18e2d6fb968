import { expect, test } from 'vitest'
import type { Child } from './child.ts'
import { createRoll } from './roll.ts'

function parts(names: readonly string[], broken?: string) {
  const done: string[] = []
  const said: string[] = []
  const children = names.map(
    (name): Child => ({
      name,
      services: [name.replace(/-\d$/, '')],
      open: Promise.resolve(),
      pid: () => 1,
      replace: async () => {
        if (name === broken) throw new Error(`the new ${name} did not open`)
        done.push(name)
      },
      stop: async () => {},
    }),
  )
  return { roll: createRoll(children, (line) => said.push(line)), done, said }
}

test('parts are replaced one after the other, doors last', async () => {
  const { roll, done, said } = parts(['gateway-1', 'gateway-2', 'identity', 'booking-1'])
  await roll()
  expect(done).toEqual(['identity', 'booking-1', 'gateway-1', 'gateway-2'])
  expect(said.at(-1)).toMatch(/^Every part was replaced/)
})

test('the first that does not open ends it, and nothing else is touched', async () => {
  const { roll, done, said } = parts(['gateway-1', 'identity', 'movies'], 'movies')
  await roll()
  expect(done).toEqual(['identity'])
  expect(said.at(-1)).toBe('Replacing the parts stopped: the new movies did not open')
})

test('asked twice, it is done once', async () => {
  const { roll, done } = parts(['identity'])
  await Promise.all([roll(), roll()])
  expect(done).toEqual(['identity'])
})
