import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSecrets, startEmbedded } from '@marquee/kit/sql'
import { ownPort } from '@marquee/kit/testing'
import { openOnce } from './marquee.ts'
import { preparedData } from './prepared-data.ts'
import { openPart, type Part, type PartPlan } from './split-part.ts'
import { type Program, startProgram } from './split-program.ts'
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts'

/** The product as many processes, each of them, and every wire between them, in a test's own hands. */
export type Split = {
  /** Both gateways, in turn, as behind a load balancer. */
  origin: string
  data: string
  /** PostgreSQL as its superuser, past every wire. */
  databaseUrl: string
  parts: readonly Part[]
  part: (name: string) => Part
  front: TcpProxy
  sandbox: Sandbox
  postgres: { pid: () => number }
  stop: () => Promise<void>
}
export type Sandbox = { url: string; secret: string; program: Program }

/** A lean split: what sells has two of each, its work apart, the rest shares three processes. */
const plan: readonly PartPlan[] = [
  { name: 'gateway-1', services: ['gateway'], does: 'both' },
  { name: 'gateway-2', services: ['gateway'], does: 'both' },
  { name: 'booking-1', services: ['booking'], does: 'serve' },
  { name: 'booking-2', services: ['booking'], does: 'serve' },
  { name: 'booking-work', services: ['booking'], does: 'work' },
  { name: 'payments', services: ['payments'], does: 'both' },
  { name: 'house', services: ['identity', 'movies', 'theaters', 'notifications'], does: 'both' },
  { name: 'circle-1', services: ['reviews', 'watchlist', 'recommendations'], does: 'both' },
  { name: 'circle-2', services: ['reviews'], does: 'both' },
]
const connections = 300

/** Starts PostgreSQL, the sandbox provider and every part, with this environment on top of their own. */
export async function startSplit(env: Record<string, string> = {}): Promise<Split> {
  const data = await preparedData(openOnce)
  const databasePort = await ownPort()
  const server = await startEmbedded({ data, tuning: { port: databasePort, maxConnections: connections } })
  const password = openSecrets(server.layout.secrets).ensure('marquee')
  const databaseUrl = (port: number) => `postgresql://marquee:${password}@127.0.0.1:${port}/postgres`
  const closing: (() => Promise<unknown>)[] = []
  const stop = async () => {
    await Promise.all(closing.map((close) => close()))
    await server.stop()
    await rm(data, { recursive: true, force: true })
  }
  try {
    const doors = await Promise.all(plan.map(async (part) => ({ ...part, port: await ownPort() })))
    const front = await openTcpProxy(doors.filter(isGateway).map(({ port }) => port))
    closing.push(front.close)
    const origin = `http://127.0.0.1:${front.port}`
    const sandbox = await openSandbox(data, `${origin}/api/payments/webhooks/sandbox`)
    closing.push(() => sandbox.program.end('SIGTERM'))
    const wired = await Promise.all(
      doors.map(async (part) => ({
        ...part,
        door: isGateway(part) || part.does === 'work' ? undefined : await openTcpProxy([part.port]),
        database: await openTcpProxy([databasePort]),
      })),
    )
    for (const { door, database } of wired) closing.push(database.close, async () => door?.close())
    const common = {
      NODE_ENV: 'development',
      MARQUEE_LOG: 'warn',
      MARQUEE_HOST: '127.0.0.1',
      MARQUEE_LIMITS: 'off',
      MARQUEE_DATA: data,
      MARQUEE_ORIGIN: origin,
      MARQUEE_ADDRESSES: addressesOf(wired),
      PAYMENTS_SANDBOX_URL: sandbox.url,
      PAYMENTS_SANDBOX_SECRET: sandbox.secret,
      ...env,
    }
    const parts = await Promise.all(
      wired.map(async (part) =>
        openPart(part, {
          ...common,
          DATABASE_URL: databaseUrl(part.database.port),
          MARQUEE_SERVICES: part.services.join(','),
          MARQUEE_DOES: part.does,
          MARQUEE_OPS_PORT: String(await ownPort()),
          ...(part.door ? { MARQUEE_ADVERTISE: `http://127.0.0.1:${part.door.port}` } : {}),
          [isGateway(part) ? 'PORT' : 'MARQUEE_SERVICE_PORT']: String(part.port),
        }),
      ),
    )
    closing.unshift(...parts.map((part) => () => part.end('SIGTERM')))
    await Promise.all(parts.map((part) => part.start()))
    return {
      origin,
      data,
      databaseUrl: databaseUrl(databasePort),
      parts,
      part: (name) => {
        const found = parts.find((part) => part.name === name)
        if (!found) throw new Error(`there is no part ${name}`)
        return found
      },
      front,
      sandbox,
      postgres: { pid: server.pid },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const isGateway = ({ services }: Pick<PartPlan, 'services'>) => services.includes('gateway')

function addressesOf(wired: readonly (PartPlan & { door: TcpProxy | undefined })[]): string {
  const places = wired.flatMap(({ services, door }) =>
    door ? services.map((service) => ({ service, at: `http://127.0.0.1:${door.port}` })) : [],
  )
  return [...Map.groupBy(places, ({ service }) => service)]
    .map(([service, at]) => `${service}=${at.map((one) => one.at).join('|')}`)
    .join(',')
}

const sandboxProgram = fileURLToPath(new URL('../../apps/sandbox/src/main.ts', import.meta.url))

/** The provider, with the controls that make it misbehave; its book outlives it. */
async function openSandbox(data: string, webhookUrl: string): Promise<Sandbox> {
  const port = await ownPort()
  const secret = randomBytes(24).toString('base64url')
  const url = `http://127.0.0.1:${port}`
  mkdirSync(join(data, 'sandbox'), { recursive: true })
  writeFileSync(join(data, 'sandbox.json'), JSON.stringify({ pid: 0, url, secret }))
  const program = startProgram({
    args: [
      sandboxProgram,
      '--port',
      String(port),
      '--data',
      join(data, 'sandbox'),
      '--webhook-url',
      webhookUrl,
      '--test',
    ],
    env: { SANDBOX_SECRET: secret },
    isOpen: /./,
  })
  await program.start()
  return { url, secret, program }
}
