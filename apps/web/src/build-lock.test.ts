import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { whileLocked } from './build-lock.ts'

test('two starts at once build one after the other, also after a builder died', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-build-lock-'))
  const file = join(folder, 'lock')
  // No process has this number: the highest possible is far below.
  await writeFile(file, '999999999')
  let building = 0
  let most = 0
  const build = () =>
    whileLocked(file, async () => {
      building += 1
      most = Math.max(most, building)
      await new Promise(setImmediate)
      building -= 1
    })
  await Promise.all([build(), build(), build()])
  expect(most).toBe(1)
  await rm(folder, { recursive: true })
})
