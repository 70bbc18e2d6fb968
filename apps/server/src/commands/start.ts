import { join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Show, theatersContract } from '@marquee/contracts/theaters'
import { createLoad, type Load } from '@marquee/kit/http'
import { buildWeb, isWebBuilt } from '@marquee/web'
import { Command } from 'commander'
import type { FastifyInstance } from 'fastify'
import { banner, innerBanner } from '../banner.ts'
import { Fatal } from '../fatal.ts'
import { reachableAt } from '../finding-settings.ts'
import { assertPortFree, listen, portProblem } from '../listen.ts'
import { openDoors } from '../open-doors.ts'
import { type OpenHost, openHost } from '../open-host.ts'
import { openServiceDoor } from '../open-service-door.ts'
import { createOpsServer } from '../ops-server.ts'
import { refuseDemoAccounts } from '../refuse-demo-accounts.ts'
import type { Sandbox } from '../sandbox-file.ts'
import { ensureSandbox } from '../sandbox-process.ts'
import { seed } from '../seed.ts'
import { gatewayName, isSplit } from '../services.ts'
import { readSettings, type Settings } from '../settings.ts'
import { createSteps, silentSteps } from '../steps.ts'
import { stopGently } from '../stop-gently.ts'

/** `marquee start`: the whole product on one port, until it is told to stop. */
export function startCommand(): Command {
  return new Command('start')
    .description('open the site (the default)')
    .option('--services <names>', 'host only these services, separated by commas')
    .action(async (options: { services?: string }) => {
      const settings = readSettings(
        options.services ? { ...process.env, MARQUEE_SERVICES: options.services } : process.env,
      )
      await start(settings, process.env)
    })
}

async function start(settings: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  const isDoor = settings.services?.includes(gatewayName) ?? true
  const isWhole = !isSplit(settings.services)
  if (!isDoor && settings.does !== 'work' && settings.servicePort === undefined)
    throw new Fatal(
      'service-port-missing',
      `nobody could reach ${settings.services?.join(', ')} here: set MARQUEE_SERVICE_PORT to the port where other processes are to ask`,
    )
  const steps = isWhole ? createSteps(process.stdout) : silentSteps()
  if (isDoor) await assertPortFree({ port: settings.port, host: settings.host, variable: 'PORT' })
  await assertPortFree({ port: settings.opsPort, host: settings.host, variable: 'MARQUEE_OPS_PORT' })
  const origin = settings.origin ?? `http://localhost:${settings.port}`
  // The build takes longest the first time, and needs nobody.
  const built = isDoor
    ? isWebBuilt().then(async (isBuilt) => (isBuilt ? undefined : steps.do('Web app', buildWeb)))
    : Promise.resolve()
  built.catch(() => {})

  const needsSandbox = settings.demo && !env.PAYMENTS_SANDBOX_URL && !env.PAYMENTS_SANDBOX_SECRET
  const sandbox = needsSandbox ? await steps.do('Sandbox provider', () => sandboxOf(settings)) : undefined
  const extra = {
    ...sandboxSettings(sandbox),
    ...(settings.limitsOff
      ? { booking: { BOOKING_LIMITS: 'off' }, identity: { IDENTITY_LIMITS: 'off' } }
      : {}),
  }
  const open = await openHost({ settings, env, extra, onStep: steps.do, origin })
  const stopAfter = <T>(work: Promise<T>): Promise<T> =>
    work.catch(async (error: unknown) => {
      await open.stop()
      throw error
    })
  await stopAfter(refuseDemoAccounts(open, settings))
  const ops = createOpsServer(open.metrics)
  await stopAfter(listen(ops, { port: settings.opsPort, host: settings.host, variable: 'MARQUEE_OPS_PORT' }))
  // What is too much is too much for the process, whichever door it comes in by.
  const load = createLoad(settings.load, { metrics: open.metrics })
  const inner = await stopAfter(openInnerDoor(open, settings, load))
  await stopAfter(built)
  const doors = isDoor ? await stopAfter(openDoors(open, { settings, origin, load })) : undefined
  open.host.begin(settings.does === 'serve' ? 'everywhere' : undefined)
  const seeded = settings.demo && isWhole ? await stopAfter(steps.do('Demo', () => seed(open))) : undefined
  await doors?.lookAround()
  if (doors)
    await stopAfter(
      listenAt(doors.app, {
        port: settings.port,
        host: settings.host,
        variable: 'PORT',
      }),
    )
  doors?.jobs.start()
  if (inner) await announce(open, settings)
  stopGently({
    signals: ['SIGTERM', 'SIGINT'],
    steps: [
      // Whoever looks for us shall find the others before a door closes, but nobody waits long for a registry that is away.
      async () => Promise.race([open.others?.discovery.withdraw(), delay(longestWithdrawal)]),
      async () => void (await Promise.all([doors?.close(), inner?.close()])),
      async () => void ops.close(),
      open.stop,
    ],
    say: (line) => console.log(line),
    noticeMilliseconds: settings.drainNoticeMilliseconds,
  })
  const tonight = settings.demo && isWhole ? (seeded?.tonight ?? (await nextShow(open))) : undefined
  if (!isWhole) {
    const { services = [], port, servicePort, opsPort } = settings
    return console.log(
      innerBanner({
        seconds: steps.seconds(),
        services,
        port: isDoor ? port : servicePort,
        opsPort,
        pid: process.pid,
      }),
    )
  }
  console.log(
    banner({
      seconds: steps.seconds(),
      origin,
      demo: settings.demo,
      ...(tonight ? { tonight: { ...tonight, minutes: minutesUntil(tonight.startsAt) } } : {}),
      data: open.store.embedded ? shortPath(settings.data) : undefined,
    }),
  )
}

/** Tells others where the services hosted here answer. Who only works is not to be asked. */
async function announce({ others, host }: OpenHost, settings: Settings): Promise<void> {
  const { servicePort, finding, does } = settings
  if (!others || servicePort === undefined || does === 'work') return
  const address = finding.advertise ?? reachableAt(settings.host, servicePort)
  await others.discovery.announce(
    host.services.map(({ name }) => name),
    address,
  )
}

/** Where other processes of this installation find the services hosted here. */
async function openInnerDoor(open: OpenHost, settings: Settings, load: Load) {
  if (!open.others || settings.servicePort === undefined) return undefined
  const door = await openServiceDoor(open, { keys: open.others.keys, settings, load })
  const { host, servicePort: port } = settings
  await listenAt(door.app, { port, host, variable: 'MARQUEE_SERVICE_PORT' })
  return door
}

type At = { port: number; host: string; variable: string }
const longestWithdrawal = 2000
const listenAt = (app: FastifyInstance, { port, host, variable }: At) =>
  app.listen({ port, host }).catch((error: NodeJS.ErrnoException) => {
    throw portProblem(error, { port, variable })
  })

const sandboxOf = (settings: Settings): Promise<Sandbox> =>
  ensureSandbox({
    data: settings.data,
    webhookUrl: `http://127.0.0.1:${settings.port}/api/payments/webhooks/sandbox`,
  })

function sandboxSettings(sandbox: Sandbox | undefined): Record<string, Record<string, string>> {
  return sandbox
    ? { payments: { PAYMENTS_SANDBOX_URL: sandbox.url, PAYMENTS_SANDBOX_SECRET: sandbox.secret } }
    : {}
}

async function nextShow(open: OpenHost): Promise<Show | undefined> {
  const { items } = await open.host.connectAs('server')(theatersContract).asService().listShows({ limit: 1 })
  return items[0]
}

const minutesUntil = (startsAt: string): number =>
  Math.max(0, Math.round(Temporal.Now.instant().until(startsAt).total('minutes')))

function shortPath(data: string): string {
  const near = relative(process.cwd(), data)
  return near.startsWith('..') ? data : join('.', near).replace(/^(?!\.)/, './')
}
