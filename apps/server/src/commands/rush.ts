import { setTimeout as delay } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { demoPassword } from '../demo-accounts.ts'
import { Fatal } from '../fatal.ts'
import { createAsk } from '../rush/ask.ts'
import { runRush } from '../rush/run-rush.ts'
import { readSettings } from '../settings.ts'

/** `marquee rush`: many buyers, one screen, and the books afterwards. */
export function rushCommand(): Command {
  return new Command('rush')
    .description('let many buyers loose on one screen of a running demo')
    .option('--buyers <number>', 'how many people want seats', positive, 300)
    .option('--at-once <number>', 'how many of them act at the same time', positive, 8)
    .option('--show <id>', 'the show they want; one with plenty of seats unless told')
    .option('--url <origin>', 'where Marquee runs')
    .action(async (options: { buyers: number; atOnce: number; show?: string; url?: string }) => {
      const settings = readSettings(process.env)
      const origin = options.url ?? settings.origin ?? `http://localhost:${settings.port}`
      await fetch(`${origin}/health/live`).catch((cause: unknown) => {
        throw new Fatal(
          'not-running',
          `nothing answers at ${origin}: start Marquee first (npm start), then rush`,
          { cause },
        )
      })
      const result = await runRush(
        {
          ask: createAsk(origin),
          random: Math.random,
          pause: (milliseconds) => delay(milliseconds),
          now: () => performance.now(),
          say: console.log,
        },
        {
          buyers: options.buyers,
          atOnce: options.atOnce,
          ...(options.show ? { showId: options.show } : {}),
          admin: { email: 'admin@marquee.example', password: demoPassword },
        },
      )
      for (const why of result.refused) console.log(`refused: ${why}`)
      console.log(
        `${result.wanted} wanted, ${result.sold} sold, ${result.twice} twice, ledger ${(result.ledger / 100).toFixed(2)}   (${result.orders} orders in ${result.seconds.toFixed(1)} s)`,
      )
      if (result.twice > 0 || result.ledger !== 0 || result.refused.length > 0) process.exitCode = 1
    })
}

function positive(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('must be a whole number above 0')
  return value
}
