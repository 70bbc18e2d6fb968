import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { borrow } from './borrowed-engine.ts'
import { ownPort } from './own-port.ts'

/** An etcd of a test's own, on a free port, with a directory of its own. */
export type EtcdEngine = {
  url: string
  /** SIGKILL; `start` brings it back on the same port with what it held. */
  kill(): Promise<void>
  start(): Promise<void>
  /** SIGKILL, and what it held is gone too. */
  wipe(): Promise<void>
  /** Stops answering without ending, until `resume`. */
  freeze(): void
  resume(): void
  remove(): Promise<void>
}

/**
 * Whether etcd's program is installed here. Where it is not, the tests that need it say that nothing was tested; with
 * `CI=true` that is an error.
 */
export function etcdAtHand(): boolean {
  const there = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'etcd')))
  if (there) return true
  if (process.env.CI === 'true') throw new Error('etcd is not installed, and CI tests everything')
  console.warn('not tested: etcd is not installed here')
  return false
}

/** Whether there is an etcd to use: the one that `ETCD_URL` names, or one that can be started here. */
export const etcdReachable = (): boolean => Boolean(process.env.ETCD_URL) || etcdAtHand()

/** An etcd that a test only uses: the one that `ETCD_URL` names, or one of its own. */
export const borrowEtcd = () => borrow('ETCD_URL', () => startEtcd())

/** Starts etcd and waits until it answers. */
export async function startEtcd(): Promise<EtcdEngine> {
  return startMember(await choosePlace('alone'))
}

/** Starts so many members of one etcd and waits until each of them answers. */
export async function startEtcdMembers(count: number): Promise<EtcdEngine[]> {
  const places: Place[] = []
  for (let at = 0; at < count; at++) places.push(await choosePlace(`member-${at}`))
  return Promise.all(places.map((place) => startMember(place, places)))
}

type Place = { name: string; folder: string; clients: string; peers: string }

const choosePlace = async (name: string): Promise<Place> => ({
  name,
  folder: await mkdtemp(join(tmpdir(), 'marquee-etcd-')),
  clients: await freeUrl(),
  peers: await freeUrl(),
})

async function startMember(place: Place, all: readonly Place[] = [place]): Promise<EtcdEngine> {
  const { name, folder, clients, peers } = place
  const args = [
    ...['--name', name, '--data-dir', folder, '--log-level', 'error', '--unsafe-no-fsync'],
    ...['--listen-client-urls', clients, '--advertise-client-urls', clients],
    ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers],
    ...['--initial-cluster', all.map((one) => `${one.name}=${one.peers}`).join(',')],
  ]
  let child: ChildProcess
  const start = async () => {
    child = spawn('etcd', args, { stdio: 'ignore' })
    await answering(child, clients)
  }
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  const wipe = async () => {
    await kill()
    await rm(folder, { recursive: true, force: true })
  }
  await start()
  return {
    url: clients,
    start,
    kill,
    wipe,
    freeze: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    remove: wipe,
  }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`etcd ended with ${child.exitCode}`)
    const healthy = await fetch(`${url}/health`, { signal: AbortSignal.timeout(500) }).then(
      (response) => response.ok,
      () => false,
    )
    if (healthy) return
    await pause(25)
  }
  throw new Error(`etcd does not answer at ${url}`)
}

const freeUrl = async (): Promise<string> => `http://127.0.0.1:${await ownPort()}`
