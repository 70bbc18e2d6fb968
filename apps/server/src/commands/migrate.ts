import { Command } from 'commander'
import { openHost } from '../open-host.ts'
import { readSettings } from '../settings.ts'
import { createSteps } from '../steps.ts'

/** `marquee migrate`: brings every schema up to date and ends. */
export function migrateCommand(): Command {
  return new Command('migrate').description('bring the database up to date').action(async () => {
    const settings = readSettings(process.env)
    const open = await openHost({
      settings,
      env: process.env,
      onStep: createSteps(process.stdout).do,
      origin: 'http://localhost',
      visiting: true,
    })
    await open.stop()
  })
}
