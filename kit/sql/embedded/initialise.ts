import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { reasonOf, SqlError } from '../sql-error.ts'
import type { Binaries } from './binaries.ts'
import type { Layout } from './layout.ts'
import { give } from './server-user.ts'
import { spawnPlace } from './spawn-place.ts'

const run = promisify(execFile)

/** The major version of the cluster on disk, or undefined when there is none yet. */
export function clusterVersion(layout: Layout): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(layout.cluster, 'PG_VERSION'), 'utf8'), 10)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Creates the cluster: UTF-8, language-neutral order, checksummed pages, passwords by SCRAM. */
export async function initialise(layout: Layout, binaries: Binaries, password: string): Promise<void> {
  const mark = randomBytes(6).toString('hex')
  const draft = `${layout.cluster}.${mark}`
  const passwordFile = join(layout.sockets, `password.${mark}`)
  mkdirSync(draft, { mode: 0o700 })
  give(draft, layout.user)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  give(passwordFile, layout.user)
  const place = spawnPlace(draft, layout.user)
  try {
    await run(
      binaries.initdb,
      [
        ['-D', place.path, '-U', 'marquee', `--pwfile=${passwordFile}`],
        ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums'],
        ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      ].flat(),
      place.options,
    )
    renameSync(draft, layout.cluster)
  } catch (error) {
    // A start at the same moment may have been first; then its cluster is ours too.
    if (clusterVersion(layout) !== undefined) return
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    throw new SqlError('server-failed', `initdb failed: ${lastLine(said) ?? reasonOf(error)}`, error)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1) || undefined
}
