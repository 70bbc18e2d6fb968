import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('marquee.mjs', import.meta.url))

/** The program under a Node that gives itself out as this version. */
function runOn(version: string) {
  const disguise = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const disguised = `data:text/javascript,${encodeURIComponent(disguise)}`
  return spawnSync(process.execPath, ['--import', disguised, program, '--help'], { encoding: 'utf8' })
}

test.each(['18.20.8', '20.20.2', '26.9.1'])('under Node %s one line says what is needed', (version) => {
  const { status, stdout, stderr } = runOn(version)
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `Marquee needs Node 26.10 or newer and this is ${version}; run it with "npm start", which brings its own.\n`,
  })
})

test.each([process.versions.node, '27.0.0'])('under Node %s it runs', (version) => {
  expect(runOn(version)).toMatchObject({ status: 0, stderr: '' })
})
