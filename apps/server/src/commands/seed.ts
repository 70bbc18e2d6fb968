import { Command } from 'commander'
import { Fatal } from '../fatal.ts'
import { openHost } from '../open-host.ts'
import { seed } from '../seed.ts'
import { readSettings } from '../settings.ts'
import { createSteps } from '../steps.ts'

/** `marquee seed`: the demo's films, theaters and shows; what is there already stays. */
export function seedCommand(): Command {
  return new Command('seed')
    .description('fill the database with the demo; repeats without effect')
    .action(async () => {
      const settings = readSettings(process.env)
      if (settings.production)
        throw new Fatal(
          'demo-in-production',
          'marquee seed opens accounts whose password everybody knows; it does not run with NODE_ENV=production',
        )
      const steps = createSteps(process.stdout)
      const open = await openHost({
        settings,
        env: process.env,
        onStep: steps.do,
        origin: 'http://localhost',
        visiting: true,
      })
      try {
        await steps.do('Demo', () => seed(open))
      } finally {
        await open.stop()
      }
    })
}
