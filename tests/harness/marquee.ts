import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ownPort } from '@marquee/kit/testing'
import { preparedData } from './prepared-data.ts'
import { settled } from './settled.ts'
import { surroundings } from './surroundings.ts'

const program = fileURLToPath(new URL('../../apps/server/bin/marquee.mjs', import.meta.url))

/** The whole product as its users run it: a process of its own on ports and data of its own. */
export type Marquee = {
  origin: string
  /** The metrics of every process it consists of, as Prometheus would gather them. */
  metrics: () => Promise<string>
  data: string
  pid: number
  /** What it wrote to its terminal so far. */
  output: () => string
  /** Resolves with the exit code. */
  exited: Promise<number | null>
  /** SIGKILL: no line of ours runs after it. */
  kill: () => Promise<void>
  /** Stops it gently and leaves its data. */
  stop: () => Promise<void>
  /** Stops everything it started and removes its data. */
  remove: () => Promise<void>
  /** Starts again on the same data and the same ports. */
  restart: (env?: Record<string, string>) => Promise<Marquee>
}

/** All in one, two of every service, or the realistic split that `marquee cluster` makes by itself. */
export type Topology = 'whole' | 'twice' | 'split'
// Those who call each other live apart, so that every kind of call crosses processes.
const twice =
  'gateway*2,identity+theaters+payments+reviews+notifications*2,movies+booking+watchlist+recommendations*2'
const commands: Readonly<Record<Topology, readonly string[]>> = {
  whole: ['start'],
  twice: ['cluster', '--parts', twice],
  split: ['cluster'],
}

/** Starts Marquee, as `MARQUEE_TOPOLOGY` says, on the demo or the data it is told, and waits until it is open. */
export async function startMarquee(env: Record<string, string> = {}): Promise<Marquee> {
  const data = env.MARQUEE_DATA ?? (await preparedData(openOnce))
  const port = env.PORT ?? String(await ownPort())
  const opsPort = env.MARQUEE_OPS_PORT ?? String(await ownPort())
  try {
    return await open({ ...env, MARQUEE_DATA: data, PORT: port, MARQUEE_OPS_PORT: opsPort })
  } catch (error) {
    // A cluster chooses the ports of its parts itself, and so does another beside it.
    const lostPort = error instanceof Error && error.message.includes('is taken by another program')
    if (!lostPort || env.PORT || env.MARQUEE_OPS_PORT) throw error
    return startMarquee({ ...env, MARQUEE_DATA: data })
  }
}

/** What only a first start does, to its end: everybody has heard of the demo. */
export async function openOnce(data: string): Promise<void> {
  const first = await startMarquee({ MARQUEE_DATA: data, MARQUEE_TOPOLOGY: 'whole' })
  await settled(first)
  await first.stop()
  await stopAll(data)
}

async function open(
  env: Record<string, string> & { MARQUEE_DATA: string; PORT: string; MARQUEE_OPS_PORT: string },
): Promise<Marquee> {
  const child = spawn(process.execPath, [env.MARQUEE_TEST_PROGRAM ?? program, ...commandFor(env)], {
    env: { ...surroundings(), MARQUEE_LOG: 'warn', MARQUEE_HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const isOpen = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      // The parts of a cluster say so too, after their names.
      if (/^Marquee is open/m.test(output)) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    exited.then((code) => reject(new Error(`Marquee ended with ${code} instead of opening:\n${output}`)))
  })
  await isOpen
  const origin = `http://127.0.0.1:${env.PORT}`
  return {
    origin,
    metrics: () => gather([...opsPorts(output), env.MARQUEE_OPS_PORT]),
    data: env.MARQUEE_DATA,
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    kill: () => end(child, exited, 'SIGKILL'),
    stop: () => end(child, exited, 'SIGTERM'),
    remove: async () => {
      await end(child, exited, 'SIGTERM')
      await stopAll(env.MARQUEE_DATA)
      await rm(env.MARQUEE_DATA, { recursive: true, force: true })
    },
    restart: (more = {}) => open({ ...env, ...more }),
  }
}

function readTopology(wanted = 'whole'): Topology {
  const known = Object.keys(commands).find((one): one is Topology => one === wanted)
  if (!known) throw new Error(`there is no topology ${wanted}`)
  return known
}
/** What tests that do not say otherwise are run against. */
export const topology = readTopology(process.env.MARQUEE_TOPOLOGY)

function commandFor(env: Record<string, string>): readonly string[] {
  const known = env.MARQUEE_TOPOLOGY ? readTopology(env.MARQUEE_TOPOLOGY) : topology
  const services = env.MARQUEE_SERVICES
  if (known !== 'twice' || !services) return commands[known]
  const without = (group: string) => {
    const [names = '', count] = group.split('*')
    return `${names
      .split('+')
      .filter((name) => services.split(',').includes(name))
      .join('+')}*${count}`
  }
  return ['cluster', '--parts', twice.split(',').map(without).join(',')]
}

/** Where the parts of a cluster say that they tell their metrics. */
const opsPorts = (output: string): string[] =>
  [...output.matchAll(/metrics at port (\d+)/g)].map(([, port = '']) => port)

/** One that was started again since has another port. */
async function gather(ports: readonly string[]): Promise<string> {
  const texts = await Promise.all(
    ports.map(
      async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined))?.text() ?? '',
    ),
  )
  return texts.join('\n')
}

/** The sum of a counter over every process; `labels` is a pattern of what stands between its braces. */
export async function sumOf(
  { metrics }: Pick<Marquee, 'metrics'>,
  name: string,
  labels = '',
): Promise<number> {
  const line = new RegExp(`^${name}\\{[^}]*${labels}[^}]*\\} (\\S+)`, 'gm')
  return [...(await metrics()).matchAll(line)].reduce((sum, [, value]) => sum + Number(value), 0)
}

async function end(
  child: ChildProcess,
  exited: Promise<number | null>,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  await exited
}

/** Runs one of Marquee's commands to its end. */
export async function runMarquee(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...surroundings(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output }
}

/** What Marquee leaves running on purpose (PostgreSQL after a kill, the sandbox provider) ends with `stop`. */
async function stopAll(data: string): Promise<void> {
  await runMarquee(['stop'], { MARQUEE_DATA: data })
}
