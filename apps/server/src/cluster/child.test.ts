import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startChild } from './child.ts'

/** A part that runs this instead of Marquee, and what it says. */
function childOf(source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-child-'))
  const program = join(folder, 'part.mjs')
  writeFileSync(program, source)
  const said: string[] = []
  const child = startChild({
    name: 'movies',
    services: ['movies'],
    env: { ...process.env, PART_MARK: join(folder, 'mark') },
    say: (line) => said.push(line),
    program,
  })
  onTestFinished(async () => {
    await child.stop()
    rmSync(folder, { recursive: true })
  })
  return { child, said }
}

const failsFirst = `
  import { existsSync, writeFileSync } from 'node:fs'
  if (existsSync(process.env.PART_MARK)) console.log('Marquee is open')
  else {
    writeFileSync(process.env.PART_MARK, '')
    process.exit(3)
  }`

test('a part whose first start fails is open once a later one is', async () => {
  const { child, said } = childOf(failsFirst)
  await child.open
  expect(said).toEqual(['ended with 3; starting it again', 'Marquee is open'])
})
