import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { whileLocked } from './build-lock.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = `${root}build/server/index.js`

/** Whether the built site is there and newer than every file it was made from. */
export async function isWebBuilt(): Promise<boolean> {
  const made = await changedAt(built)
  if (made === 0) return false
  const names = await readdir(`${root}app`, { recursive: true })
  const times = await Promise.all(names.map((name) => changedAt(`${root}app/${name}`)))
  return Math.max(...times, await changedAt(`${root}package.json`)) <= made
}

/** Builds the site in a process of its own; throws with the builder's words when it fails. Two starts at once build once. */
export const buildWeb = (): Promise<void> =>
  whileLocked(`${root}.build-lock`, async () => {
    if (!(await isWebBuilt())) await build()
  })

async function build(): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('@react-router/dev/package.json')
  const program = manifest.replace(/package\.json$/, 'bin.cjs')
  const child = spawn(process.execPath, [program, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stdout.on('data', (chunk) => said.push(String(chunk)))
  child.stderr.on('data', (chunk) => said.push(String(chunk)))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`The web app could not be built:\n${said.join('').trim()}`)
}

async function changedAt(path: string): Promise<number> {
  const info = await stat(path).catch(() => undefined)
  return info?.mtimeMs ?? 0
}
