import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSecrets } from '../secrets.ts'
import { SqlError } from '../sql-error.ts'
import { adoptOrSpawn, superuser } from './adopt-or-spawn.ts'
import type { Binaries } from './binaries.ts'
import { takeGuard } from './guard.ts'
import { clusterVersion, initialise } from './initialise.ts'
import { type Layout, prepareLayout } from './layout.ts'
import { reachableBinaries } from './program.ts'
import { stopServer } from './server-process.ts'
import { serverUser } from './server-user.ts'
import type { Tuning } from './settings.ts'

export type Started = {
  url: (database: string) => string
  layout: Layout
  pid: number
  adopted: boolean
  version: string
  /** Settles when the server is gone or has lost us, wanted or not. */
  lost: Promise<void>
  /** Gives up the mark and leaves the server running. */
  leave(): Promise<void>
}

export type StartOnce = { data: string; tuning?: Tuning }

/** Starts or adopts the server on a data directory and takes the mark of the living Marquee. */
export async function startOnce(options: StartOnce): Promise<Started> {
  const user = serverUser()
  const layout = prepareLayout(options.data, user)
  const binaries = reachableBinaries(user)
  const password = openSecrets(layout.secrets).ensure(superuser)
  if (clusterVersion(layout) === undefined) await initialise(layout, binaries, password)
  checkVersion(clusterVersion(layout), layout.cluster, binaries)

  const { pid, adopted, url } = await adoptOrSpawn(layout, binaries, password, options.tuning ?? {})
  const guard = await takeGuard(url('postgres'), layout.data)
  sweepDrafts(layout)
  const wanted = binaries.packageVersion.split('.').slice(0, 2).join('.')
  if (adopted && guard.version !== wanted) {
    // npm brought a newer PostgreSQL while the old one was left running.
    await stopServer(pid)
    await guard.lost
    return await startOnce(options)
  }
  return { url, layout, pid, adopted, version: guard.version, lost: guard.lost, leave: guard.release }
}

// Clusters that a start killed halfway did not finish. Whoever holds the mark is past that.
function sweepDrafts({ data }: Layout): void {
  for (const name of readdirSync(data))
    if (/^postgres\.[0-9a-f]{12}$/.test(name)) rmSync(join(data, name), { recursive: true, force: true })
}

/** Errors: `wrong-version`. */
export function checkVersion(found: number | undefined, where: string, binaries: Binaries): void {
  if (found === binaries.major) return
  throw new SqlError(
    'wrong-version',
    `${where} was written by PostgreSQL ${found}, but this Marquee brings ${binaries.major}: use the Marquee that wrote it, or set MARQUEE_DATA to another directory`,
  )
}
