import { Command, CommanderError } from 'commander'
import { backupCommand, restoreCommand } from './commands/backup.ts'
import { clusterCommand } from './commands/cluster.ts'
import { deadLettersCommand } from './commands/dead-letters.ts'
import { doctorCommand } from './commands/doctor.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { importCommand } from './commands/import.ts'
import { keysCommand } from './commands/keys.ts'
import { migrateCommand } from './commands/migrate.ts'
import { promoteCommand, replicaCommand } from './commands/replica.ts'
import { rushCommand } from './commands/rush.ts'
import { seedCommand } from './commands/seed.ts'
import { startCommand } from './commands/start.ts'
import { stopCommand } from './commands/stop.ts'
import { endWith } from './fatal.ts'

/** Runs one of Marquee's commands; ends the process with one clear line when it cannot. */
export async function run(args: readonly string[]): Promise<void> {
  const program = new Command('marquee').description('The open cinema platform').exitOverride()
  for (const command of [
    startCommand,
    clusterCommand,
    stopCommand,
    doctorCommand,
    migrateCommand,
    keysCommand,
    seedCommand,
    rushCommand,
    importCommand,
    evaluateCommand,
    deadLettersCommand,
    backupCommand,
    restoreCommand,
    replicaCommand,
    promoteCommand,
  ])
    program.addCommand(command().exitOverride())
  try {
    await program.parseAsync(args.length > 0 ? args : ['start'], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode)
    endWith(error)
  }
}
