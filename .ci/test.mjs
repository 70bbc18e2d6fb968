// `npm test`: the checks, then every test. Prints what is not tested for want of an engine.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const required = process.env.CI === 'true'
const engines = [
  {
    name: 'Chromium (browser journeys)',
    present: existsSync('/usr/bin/chromium') || Boolean(process.env.CHROMIUM),
  },
]
const absent = engines.filter((engine) => !engine.present)
for (const { name } of absent) console.log(`not tested: ${name} is not on this machine`)
if (required && absent.length > 0) {
  console.error('CI must test everything: install what is missing')
  process.exit(1)
}

/** @param {string} command @param {string[]} args */
const step = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
step('npm', ['run', '--silent', 'check'])
step('npm', ['run', '--silent', 'build', '-w', '@marquee/web'])
step('vitest', ['run', ...process.argv.slice(2)])
