import { rmSync } from 'node:fs'
import { startEmbedded } from '@marquee/kit/sql'
import { Command } from 'commander'
import { z } from 'zod'
import { Fatal } from '../fatal.ts'
import { isRunning, readSandbox, type Sandbox, sandboxFile } from '../sandbox-file.ts'
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
      await endSandbox(settings.data)
    })
}

async function endSandbox(data: string): Promise<void> {
  const sandbox = readSandbox(data)
  if (!sandbox) return
  if (await answersItself(sandbox)) process.kill(sandbox.pid, 'SIGTERM')
  // One that does not answer yet is left for the next start to find.
  else if (isRunning(sandbox, data)) return
  rmSync(sandboxFile(data), { force: true })
}

const Health = z.object({ program: z.literal('marquee-sandbox'), pid: z.int() })

/** By now its number, or its port, may be another program's. */
async function answersItself({ url, pid }: Sandbox): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })
    return Health.parse(await response.json()).pid === pid
  } catch {
    // It is gone.
    return false
  }
}
