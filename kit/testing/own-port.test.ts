import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ownPort } from './index.ts'

const run = promisify(execFile)

test('ports are others each time, none is listened on, and no other process is given one while we live', async () => {
  const first = await ownPort()
  const taken = createServer().listen(first + 1, '127.0.0.1')
  await once(taken, 'listening')
  const ours = [first, first + 1]
  for (let count = 0; count < 60; count++) ours.push(await ownPort())
  expect(new Set(ours).size).toBe(ours.length)

  // It asks until there is none left.
  const { stdout } = await run(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { ownPort } from '${new URL('own-port.ts', import.meta.url)}'
     const given = []
     try { for (;;) given.push(await ownPort()) } catch { console.log(JSON.stringify(given)) }`,
  ])
  const theirs: number[] = JSON.parse(stdout)
  expect(theirs.length).toBeGreaterThan(1000)
  expect(theirs.filter((port) => ours.includes(port))).toEqual([])
  taken.close()
}, 60_000)
