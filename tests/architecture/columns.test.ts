import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** All columns there are: of a table under its short name, or of what was written. */
const all = /\bselect\s+\w+\.\*|,\s*\w+\.\*\s*(?:,|\bfrom\b)|\breturning\s+\*/

it('every statement of a service names its columns: the next version, which adds some, works beside this one', () => {
  const loose = globSync('services/*/src/**/*.ts', { cwd: root }).filter((path) =>
    all.test(readFileSync(`${root}${path}`, 'utf8')),
  )
  expect(loose).toEqual([])
})
