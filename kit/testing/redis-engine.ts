import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { borrow } from './borrowed-engine.ts'
import { ownPort } from './own-port.ts'

/** A Redis of a test's own, on a free port, with a directory of its own. */
export type RedisEngine = {
  url: string
  port: number
  /** SIGKILL; `start` brings an empty one back on the same port. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Stops answering without ending, until `resume`. */
  freeze(): void
  resume(): void
  remove(): Promise<void>
}

/**
 * Whether Redis's program is installed here. Where it is not, the tests that need it say that nothing was tested;
 * with `CI=true` that is an error.
 */
export function redisAtHand(program = 'redis-server'): boolean {
  const there = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
  if (there) return true
  if (process.env.CI === 'true') throw new Error(`${program} is not installed, and CI tests everything`)
  console.warn(`not tested: ${program} is not installed here`)
  return false
}

/** Whether there is a Redis to use: the one that `REDIS_URL` names, or one that can be started here. */
export const redisReachable = (): boolean => Boolean(process.env.REDIS_URL) || redisAtHand()

/** A Redis that a test only uses: the one that `REDIS_URL` names, or one of its own. */
export const borrowRedis = () => borrow('REDIS_URL', () => startRedis())

/** Starts `redis-server`, with more of its options as it takes them (`['--maxmemory', '8mb']`). */
export async function startRedis(options: readonly string[] = []): Promise<RedisEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-redis-'))
  const port = await ownPort()
  const usual = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  return runEngine('redis-server', { port, folder, args: [...usual, ...options] })
}

/** Starts a sentinel that watches the master at a port, and takes it for dead after half a second. */
export async function startSentinel(name: string, masterPort: number): Promise<RedisEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-sentinel-'))
  const port = await ownPort()
  const file = join(folder, 'sentinel.conf')
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor ${name} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${name} 500`,
    `sentinel failover-timeout ${name} 2000`,
  ]
  await writeFile(file, `${lines.join('\n')}\n`)
  return runEngine('redis-sentinel', { port, folder, args: [file] })
}

type Running = { port: number; folder: string; args: readonly string[] }

async function runEngine(program: string, { port, folder, args }: Running): Promise<RedisEngine> {
  let child: ChildProcess
  const start = async () => {
    child = spawn(program, args, { stdio: 'ignore' })
    await answering(child, port)
  }
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    kill: end,
    freeze: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async remove() {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Resolves when a PING is answered. */
async function answering(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`)
    if (await ping(port)) return
    await pause(25)
  }
  child.kill('SIGKILL')
  throw new Error(`${child.spawnfile} does not answer at ${port}`)
}

const ping = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', (text) => {
      socket.destroy()
      resolve(/^(\+PONG|-NOAUTH)/.test(String(text)))
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
