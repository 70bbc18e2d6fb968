import { promoteReplica, startReplica } from '@marquee/kit/sql'
import { Command } from 'commander'
import { Fatal } from '../fatal.ts'
import { readSettings } from '../settings.ts'

/** `marquee replica DIR`: a streaming copy of the embedded PostgreSQL, on the same machine, until it is told to stop. */
export function replicaCommand(): Command {
  return new Command('replica')
    .description('run a copy of the embedded PostgreSQL in DIR that follows it; lists may be read from it')
    .argument('<dir>')
    .option('--from <backups>', 'the folder given to backup, to make the copy of when DIR holds none yet')
    .option('--name <name>', 'how the primary knows it', 'replica')
    .action(async (dir: string, options: { from?: string; name: string }) => {
      const { data, databaseUrl } = readSettings(process.env)
      if (databaseUrl)
        throw new Fatal(
          'not-embedded',
          'replica follows the PostgreSQL that Marquee runs itself; for DATABASE_URL use pg_basebackup -R',
        )
      const replica = await startReplica({
        data: dir,
        of: data,
        ...options,
        onLost: (outcome) =>
          console.log(outcome.back ? 'the copy was lost and is back' : `the copy was lost: ${outcome.error}`),
      })
      const stop = () => void replica.stop().then(() => process.exit(0))
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
      const url = new URL(replica.adminUrl())
      url.username = ''
      url.password = ''
      console.log(`A copy follows in ${dir}. To read lists from it, start Marquee with
DATABASE_REPLICA_URLS='${url.href}'`)
    })
}

/** `marquee promote DIR`: a copy stops following and takes writes, in place of a primary that is gone. */
export function promoteCommand(): Command {
  return new Command('promote')
    .description('let a copy take writes, when what it follows is gone; then start Marquee on DIR')
    .argument('<dir>')
    .action(async (dir: string) => {
      await promoteReplica(dir)
      console.log(`The copy in ${dir} takes writes now. Stop it, and start Marquee with MARQUEE_DATA=${dir}`)
    })
}
