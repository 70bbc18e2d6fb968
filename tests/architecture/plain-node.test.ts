import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

/** Modules that do something when imported, beyond declaring. */
const programs = /^apps\/sandbox\/src\/main\.ts$/
const places = [
  'kit',
  'contracts',
  'services',
  'apps/server/src',
  'apps/server/demo',
  'apps/sandbox/src',
  'apps/web/src',
]

// Vitest accepts syntax that Node's type stripping refuses, and resolves paths that Node does not.
it('every server module loads under plain Node', async () => {
  const files: string[] = []
  for (const place of places)
    for (const name of await readdir(`${root}${place}`, { recursive: true }))
      if (
        /\.ts$/.test(name) &&
        !/(\.test\.ts|\.d\.ts|-suite\.ts)$|(^|\/)(node_modules|tests|testing|build)\//.test(
          `${place}/${name}`,
        )
      )
        files.push(`${place}/${name}`)
  const modules = files.filter(
    (file) => !programs.test(file) && !file.startsWith('kit/testing/') && !file.includes('/bench'),
  )
  expect(modules.length).toBeGreaterThan(150)

  const script = `const bad = []
for (const file of ${JSON.stringify(modules)}) await import(${JSON.stringify(`file://${root}`)} + file).catch((error) => bad.push(file + ': ' + error.message))
console.log(JSON.stringify(bad))
process.exit(0)`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
  expect(JSON.parse(stdout)).toEqual([])
})
