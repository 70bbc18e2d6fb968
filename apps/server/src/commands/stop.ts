import { readFileSync, rmSync } from 'node:fs'
import { startEmbedded } from '@marquee/kit/sql'
import { Command } from 'commander'
import { Fatal } from '../fatal.ts'
import { sandboxFile } from '../sandbox-file.ts'
import { readSettings } from '../settings.ts'

/** `marquee stop`: ends what outlives the server on purpose, the sandbox provider and a PostgreSQL left behind. */
export function stopCommand(): Command {
  return new Command('stop')
    .description('end the sandbox provider and a PostgreSQL that a killed Marquee left behind')
    .action(async () => {
      const settings = readSettings(process.env)
      const server = await startEmbedded({ data: settings.data }).catch((error: { code?: string }) => {
        if (error.code !== 'data-in-use') throw error
        throw new Fatal(
          'still-running',
          `a Marquee is running on ${settings.data}: end it where it was started (Ctrl-C, or SIGTERM), and it ends the rest`,
          { cause: error },
        )
      })
      await server.stop()
      endSandbox(sandboxFile(settings.data))
    })
}

function endSandbox(file: string): void {
  try {
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number }
    process.kill(pid, 'SIGTERM')
  } catch {
    // None was started, or it is gone.
  }
  rmSync(file, { force: true })
}
