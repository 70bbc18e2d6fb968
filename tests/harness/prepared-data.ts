import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const patienceMilliseconds = 120_000

/**
 * The data of a Marquee that was opened once, with all that a first start makes, in a folder of the caller's own. Whoever
 * asks first in a test run makes them; `make` fills an empty folder and leaves nothing running in it.
 */
export async function preparedData(make: (data: string) => Promise<void>): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'marquee-test-'))
  const run = process.env.MARQUEE_TEST_SERVER
  if (run === undefined) {
    // Outside of a test run there is nobody to share with.
    await make(data)
    return data
  }
  const prepared = join(run, 'prepared')
  await madeOnce(prepared, make)
  // With its owners, which for PostgreSQL is not always who runs the tests.
  await promisify(execFile)('cp', ['-a', `${prepared}/.`, data])
  return data
}

async function madeOnce(prepared: string, make: (data: string) => Promise<void>): Promise<void> {
  const draft = `${prepared}.draft`
  const deadline = performance.now() + patienceMilliseconds
  while (!existsSync(prepared)) {
    if (performance.now() > deadline) throw new Error('nobody prepared the data of a first start')
    if (!isMine(draft)) {
      await delay(100)
      continue
    }
    try {
      await make(draft)
      // Where its provider ran is not where theirs will.
      await rm(join(draft, 'sandbox.json'), { force: true })
      renameSync(draft, prepared)
    } catch (error) {
      await rm(draft, { recursive: true, force: true })
      throw error
    }
  }
}

/** Whether it is us who make it: two cannot make one folder. */
function isMine(draft: string): boolean {
  try {
    mkdirSync(draft)
    return true
  } catch {
    return false
  }
}
