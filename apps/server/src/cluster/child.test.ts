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

test('a part that cannot even be begun is tried again, and nothing else ends with it', async () => {
  const { child, said } = childOf(failsFirst)
  const node = process.execPath
  onTestFinished(() => {
    process.execPath = node
  })
  await expect.poll(() => said).toContain('ended with 3; starting it again')
  process.execPath = '/nowhere/node'
  await expect.poll(() => said.join()).toContain('ENOENT')
  process.execPath = node
  await child.open
})

const slowToStop = `
  import { once } from 'node:events'
  import { stopGently } from '${new URL('../stop-gently.ts', import.meta.url).pathname}'
  const finish = async () => {
    console.log('finishing')
    await once(process, 'SIGTERM')
  }
  stopGently({ signals: ['SIGTERM'], steps: [finish], say: console.log, noticeMilliseconds: 0 })
  console.log('Marquee is open')`

test('a part that is told to stop by others too still finishes what it does', async () => {
  const { child, said } = childOf(slowToStop)
  await child.open
  const pid = child.pid() ?? 0
  process.kill(pid, 'SIGTERM')
  await expect.poll(() => said).toContain('finishing')
  await child.stop()
  await expect.poll(() => said).toEqual(['Marquee is open', 'finishing', 'Marquee is closed'])
})

test('a part that was stopped is not replaced', async () => {
  const { child, said } = childOf(`console.log('Marquee is open')`)
  await child.open
  await child.stop()
  const before = said.length
  await expect(child.replace()).rejects.toThrow('movies is being stopped')
  expect(said).toHaveLength(before)
})
