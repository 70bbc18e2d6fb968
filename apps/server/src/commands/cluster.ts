import { freePort } from '@marquee/kit/service'
import { buildWeb, isWebBuilt } from '@marquee/web'
import { Command } from 'commander'
import { banner } from '../banner.ts'
import { type Child, startChild } from '../cluster/child.ts'
import { addressesOf, type Part, planCluster, readPlan, servicesOf } from '../cluster/plan.ts'
import { createRoll } from '../cluster/roll.ts'
import { announceSupervisor, findSupervisor } from '../cluster/supervisor-file.ts'
import { assertPortFree } from '../listen.ts'
import { openHost } from '../open-host.ts'
import { openStore } from '../open-store.ts'
import { refuseDemoAccounts } from '../refuse-demo-accounts.ts'
import { ensureSandbox } from '../sandbox-process.ts'
import { seed } from '../seed.ts'
import { gatewayName, isSplit, serviceNames } from '../services.ts'
import { readSettings, type Settings } from '../settings.ts'
import { createSteps } from '../steps.ts'
import { stopGently } from '../stop-gently.ts'

// Every process brings pools of its own.
const connections = 300

/** `marquee cluster`: the same product as many processes behind one port, on this machine. */
export function clusterCommand(): Command {
  return new Command('cluster')
    .description('open the site as many processes: gateways, services and workers apart')
    .option('--parts <plan>', 'a split of your own, such as gateway*2,identity+movies,booking*2,…')
    .addCommand(restartCommand())
    .action(async (options: { parts?: string }) => {
      const settings = readSettings(process.env)
      const services = serviceNames.filter((name) => settings.services?.includes(name) ?? true)
      const plan = options.parts ? readPlan(options.parts, services) : planCluster(services)
      await cluster(plan, settings, process.env)
    })
}

function restartCommand(): Command {
  return new Command('restart')
    .description('replace every process of the running cluster, one at a time; SIGHUP does the same')
    .exitOverride()
    .action(() => {
      const pid = findSupervisor(readSettings(process.env).data)
      process.kill(pid, 'SIGHUP')
      console.log(`Process ${pid} replaces its parts; its log says how far it is.`)
    })
}

async function cluster(plan: readonly Part[], settings: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  const steps = createSteps(process.stdout)
  await assertPortFree({ port: settings.port, host: settings.host, variable: 'PORT' })
  const origin = settings.origin ?? `http://localhost:${settings.port}`
  const store = await steps.do('PostgreSQL', () =>
    openStore({
      settings,
      schemas: [],
      env,
      maxConnections: connections,
      onLost: ({ back }) => console.error(`PostgreSQL was lost and ${back ? 'is back' : 'does not start'}`),
    }),
  )
  const shared = { ...settings, databaseUrl: store.adminUrl }
  const { sandbox, tonight } = await prepare(shared, { env, origin, onStep: steps.do }).catch(
    async (error: unknown) => {
      await store.stop()
      throw error
    },
  )

  const parts = await Promise.all(
    plan.map(async (part) => ({
      ...part,
      port: await freePort(),
      ops: await freePort(),
    })),
  )
  const common = {
    ...env,
    DATABASE_URL: store.adminUrl,
    MARQUEE_DATA: settings.data,
    MARQUEE_ORIGIN: origin,
    MARQUEE_ADDRESSES: addressesOf(parts),
    ...(sandbox ? { PAYMENTS_SANDBOX_URL: sandbox.url, PAYMENTS_SANDBOX_SECRET: sandbox.secret } : {}),
  }
  const width = Math.max(...parts.map(({ name }) => name.length))
  const children = parts.map((part) =>
    startChild({
      name: part.name,
      services: part.services,
      env: { ...common, ...ownEnv(part, settings) },
      say: (line) => console.log(`${part.name.padEnd(width)} | ${line}`),
    }),
  )
  const leave = announceSupervisor(settings.data)
  stopGently({
    signals: ['SIGTERM', 'SIGINT'],
    // Doors first, so that nobody asks whom nobody answers any more.
    steps: [
      () => stopAll(children.filter(({ services }) => services.includes(gatewayName))),
      () => stopAll(children),
      async () => leave(),
      store.stop,
    ],
    say: (line) => console.log(line),
    // Doors give notice first, then all others.
    noticeMilliseconds: 2 * settings.drainNoticeMilliseconds,
  })
  const allOpen = Promise.all(children.map((child) => child.open))
  const roll = createRoll(children, (line) => console.log(line))
  process.on('SIGHUP', () => void allOpen.then(roll))
  await allOpen
  console.log(
    banner({
      seconds: steps.seconds(),
      origin,
      demo: settings.demo,
      ...(tonight ? { tonight } : {}),
      data: store.embedded ? settings.data : undefined,
    }),
  )
}

const stopAll = async (children: readonly Child[]) => {
  await Promise.all(children.map((child) => child.stop()))
}

type Preparing = Pick<Parameters<typeof openHost>[0], 'env' | 'origin' | 'onStep'>

/** Everything that the parts share, before anybody serves. */
async function prepare(settings: Settings, preparing: Preparing) {
  const { onStep } = preparing
  const webhookUrl = `http://127.0.0.1:${settings.port}/api/payments/webhooks/sandbox`
  const sandbox = settings.demo
    ? await onStep('Sandbox provider', () => ensureSandbox({ data: settings.data, webhookUrl }))
    : undefined
  if (!(await isWebBuilt())) await onStep('Web app', buildWeb)
  return { sandbox, tonight: await prepareData(settings, preparing) }
}

/** Schemas, and in demo mode what is in them; in production nothing of a demo's that is everybody's. */
async function prepareData(settings: Settings, { env, origin, onStep }: Preparing) {
  const open = await openHost({ settings, env, origin, onStep, visiting: true })
  try {
    await refuseDemoAccounts(open, settings)
    if (!settings.demo || isSplit(settings.services)) return undefined
    const { tonight } = await onStep('Demo', () => seed(open))
    if (!tonight) return undefined
    const minutes = Math.max(0, Math.round(Temporal.Now.instant().until(tonight.startsAt).total('minutes')))
    return { ...tonight, minutes }
  } finally {
    await open.stop()
  }
}

function ownEnv(part: Part & { port: number; ops: number }, settings: Settings) {
  const { services, does, port, ops } = part
  return {
    MARQUEE_SERVICES: services.join(','),
    MARQUEE_DOES: does,
    MARQUEE_OPS_PORT: String(ops),
    ...(services.includes(gatewayName) ? { PORT: String(settings.port) } : {}),
    ...(servicesOf(part).length > 0 ? { MARQUEE_SERVICE_PORT: String(port) } : {}),
  }
}
