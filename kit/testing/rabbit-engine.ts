import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Connection } from 'rabbitmq-client'

import { borrow } from './borrowed-engine.ts'
import { ownPort } from './own-port.ts'

/** A RabbitMQ of a test's own, on free ports, with a directory of its own. */
export type RabbitEngine = {
  url: string
  /** SIGKILL; `start` brings it back on the same port with what it held on disk. */
  kill(): Promise<void>
  start(): Promise<void>
  /** SIGKILL, and what it held is gone too. */
  wipe(): Promise<void>
  /** Stops answering without ending, until `resume`. */
  freeze(): Promise<void>
  resume(): Promise<void>
  remove(): Promise<void>
}

// Debian's own command in the path changes to another user; the program itself runs as anybody.
const programs = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/opt/rabbitmq/sbin/rabbitmq-server']
const program = programs.find((path) => existsSync(path))

// RabbitMQ notes which queues it has some seconds after it made them: one killed sooner comes back without them.
const settleMilliseconds = 4000

/**
 * Whether RabbitMQ's program is installed here. Where it is not, the tests that need it say that nothing was tested;
 * with `CI=true` that is an error.
 */
export function rabbitAtHand(): boolean {
  if (program) return true
  if (process.env.CI === 'true') throw new Error('rabbitmq-server is not installed, and CI tests everything')
  console.warn('not tested: rabbitmq-server is not installed here')
  return false
}

/** Whether there is a RabbitMQ to use: the one that `RABBITMQ_URL` names, or one that can be started here. */
export const rabbitReachable = (): boolean => Boolean(process.env.RABBITMQ_URL) || rabbitAtHand()

/** A RabbitMQ that a test only uses: the one that `RABBITMQ_URL` names, or one of its own. */
export const borrowRabbit = () => borrow('RABBITMQ_URL', () => startRabbit())

/** Starts RabbitMQ and waits until it takes clients, some seconds. */
export async function startRabbit(): Promise<RabbitEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-rabbit-'))
  const [port, distribution, names] = [await ownPort(), await ownPort(), await ownPort()]
  const url = `amqp://guest:guest@127.0.0.1:${port}`
  const pidFile = join(folder, 'pid')
  const env = {
    ...process.env,
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(names),
    RABBITMQ_NODENAME: `test${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_PID_FILE: pidFile,
    // One scheduler that does not spin: tests share their cores with it.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 +sbwt none',
  }
  let child: ChildProcess
  const start = async () => {
    await mkdir(join(folder, 'data'), { recursive: true })
    await rm(pidFile, { force: true })
    child = spawn(program ?? '', [], { env, stdio: 'ignore', cwd: folder })
    await answering(child, url)
  }
  const signal = async (name: NodeJS.Signals) => process.kill(Number(await readFile(pidFile, 'utf8')), name)
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    await signal('SIGKILL')
    await gone
  }
  const kill = async () => {
    await pause(settleMilliseconds)
    await end()
  }
  const wipe = async () => {
    await end()
    await rm(join(folder, 'data'), { recursive: true, force: true })
  }
  await start()
  return {
    url,
    kill,
    start,
    wipe,
    freeze: () => signal('SIGSTOP').then(() => {}),
    resume: () => signal('SIGCONT').then(() => {}),
    async remove() {
      await end()
      // The name server that it started for itself outlives it.
      const ending = spawn('epmd', ['-port', String(names), '-kill'], { stdio: 'ignore' })
      await new Promise((resolve) => ending.once('close', resolve).once('error', resolve))
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  const connection = new Connection({ url, retryLow: 200, retryHigh: 300 })
  connection.on('error', () => {})
  const ended = new Promise<never>((_resolve, reject) =>
    child.once('exit', (code) => reject(new Error(`rabbitmq-server ended with ${code}`))),
  )
  try {
    await Promise.race([connection.onConnect(60_000, true), ended, pause(60_000)])
  } finally {
    connection.unsafeDestroy()
    // It may end later, by our own hand.
    ended.catch(() => {})
  }
}
