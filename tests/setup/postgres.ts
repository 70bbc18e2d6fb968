import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endTestServer } from '@marquee/kit/testing'

/** Names the folder in which the first test that needs PostgreSQL starts it; workers inherit the variable. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'mq-'))
  process.env.MARQUEE_TEST_SERVER = folder
  return () => endTestServer(folder)
}
