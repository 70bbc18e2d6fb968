import { openSecrets } from '../secrets.ts'
import { superuser, urlOf } from './adopt-or-spawn.ts'
import { prepareLayout } from './layout.ts'
import { isPostgres, readPostmaster } from './postmaster-file.ts'
import { serverUser } from './server-user.ts'

/** The superuser's URL of the embedded server that runs on a data directory now; undefined when none does. */
export function findEmbedded(data: string): string | undefined {
  const layout = prepareLayout(data, serverUser())
  const running = readPostmaster(layout.cluster)
  if (!running || !isPostgres(running.pid)) return undefined
  return urlOf(running, openSecrets(layout.secrets).ensure(superuser))('postgres')
}
