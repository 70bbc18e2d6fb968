import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { demoHouses } from './demo-houses.ts'

test('the houses offered for closing are those that the demo brings', async () => {
  const seeded = await readFile(new URL('../../../../../server/demo/cinemas.ts', import.meta.url), 'utf8')
  // Screens have names as well, one level deeper.
  const names = [...seeded.matchAll(/^ {6}name: '([^']+)'/gm)].map(([, name]) => name)
  expect(names.toSorted()).toEqual(demoHouses.toSorted())
})
