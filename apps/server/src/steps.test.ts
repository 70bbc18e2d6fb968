import { expect, test } from 'vitest'
import { createSteps, silentSteps } from './steps.ts'

test('what is said of the wait until the doors open counts from the start of the process, and never too little', async () => {
  const said: string[] = []
  let now = 2400
  const out = { isTTY: false, write: (text: string) => said.push(text) > 0 }
  const steps = createSteps(out, () => now)
  await steps.do('PostgreSQL', async () => {
    now = 11_200
  })
  expect(said).toEqual(['  PostgreSQL (8.8 s)\n'])
  expect(steps.seconds()).toBe(12)
  expect(silentSteps(() => now).seconds()).toBe(12)
})
