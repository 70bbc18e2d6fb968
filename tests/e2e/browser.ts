import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const program = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Whether there is a browser to test with; CI insists on one (see .ci/test.mjs). */
export const hasBrowser = existsSync(program)

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
