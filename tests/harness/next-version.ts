import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ours = ['apps', 'contracts', 'kit', 'services']

/** A copy of the product that a test may change while it runs, as an update in place does. */
export type Installation = {
  /** What `node` is given to start it. */
  program: string
  /** Replaces a passage of a file; throws when it is not there. */
  change: (file: string, passage: string, by: string) => Promise<void>
  /** Adds a migration to a service, after those it has. */
  addMigration: (service: string, sql: string) => Promise<void>
  remove: () => Promise<void>
}

export async function copyProduct(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-copy-'))
  const isOurs = (path: string) => !path.slice(root.length).includes('node_modules')
  for (const name of ours) await cp(join(root, name), join(folder, name), { recursive: true, filter: isOurs })
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, '@marquee'), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@marquee' && name !== '.cache')
      await symlink(join(root, 'node_modules', name), join(modules, name))
  for (const [name, at] of await packagesIn(folder)) await symlink(at, join(modules, name))

  return {
    program: join(folder, 'apps/server/bin/marquee.mjs'),
    async change(file, passage, by) {
      const text = await readFile(join(folder, file), 'utf8')
      if (!text.includes(passage)) throw new Error(`${file} does not say: ${passage}`)
      await writeFile(join(folder, file), text.replace(passage, by))
    },
    addMigration: (service, sql) =>
      writeFile(join(folder, 'services', service, 'migrations', '9999-next-version.sql'), sql),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Our packages by name, in the copy. */
async function packagesIn(folder: string): Promise<[string, string][]> {
  const places = [join(folder, 'kit'), join(folder, 'contracts')]
  for (const group of ['apps', 'services'])
    for (const name of await readdir(join(folder, group))) places.push(join(folder, group, name))
  return Promise.all(
    places.map(async (at): Promise<[string, string]> => {
      const { name }: { name: string } = JSON.parse(await readFile(join(at, 'package.json'), 'utf8'))
      return [name, at]
    }),
  )
}
