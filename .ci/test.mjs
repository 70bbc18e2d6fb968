// `npm test`: the checks, then every test. Prints what is not tested for want of an engine.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const required = process.env.CI === 'true'
/** @param {string} program */
const inPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
const rabbit = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/opt/rabbitmq/sbin/rabbitmq-server']
const engines = [
  {
    name: 'Chromium (browser journeys)',
    present: existsSync('/usr/bin/chromium') || Boolean(process.env.CHROMIUM),
  },
  { name: 'redis-server', present: inPath('redis-server'), variable: 'REDIS_URL' },
  { name: 'redis-sentinel', present: inPath('redis-sentinel') },
  { name: 'rabbitmq-server', present: rabbit.some((path) => existsSync(path)), variable: 'RABBITMQ_URL' },
  { name: 'etcd', present: inPath('etcd'), variable: 'ETCD_URL' },
]
const absent = engines.filter((engine) => !engine.present)
for (const { name, variable } of absent) {
  const reached = variable && process.env[variable] ? `; only what can be tried at ${variable} is` : ''
  console.log(`not tested: ${name} is not on this machine${reached}`)
}
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
