import { endTestServer, prepareTestServer } from '@marquee/kit/testing'

/** Names the folder in which the first test that needs PostgreSQL starts it; workers inherit the variable. */
export function setup(): () => void {
  const folder = prepareTestServer()
  process.env.MARQUEE_TEST_SERVER = folder
  return () => endTestServer(folder)
}
