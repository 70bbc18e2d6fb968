import { defineConfig } from 'vitest/config'
import { clock } from './.ci/clock.ts'

// What is promised to come is waited for as long as a busy machine takes, and seen as soon as it is there.
const poll = { timeout: 20_000, interval: 20 }
const all = '{kit,contracts,services,apps,tests}/**/*.test.ts'
const none = ['**/node_modules/**', '**/build/**']
// Promises of seconds are judged there, so nothing else runs meanwhile.
const quiet = [
  'tests/faults/split/{split,silent-wires}.test.ts',
  'tests/system/{cluster,etcd,picks-in-trouble,redis}.test.ts',
]
// What people do must not depend on how many processes answer them.
const flows =
  'authorisation,community,edited-film,import-ratings,journey,live-seats,moving-in,picks,strangers-ids'

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: process.env.CI ? ['default', clock] : ['default'],
    projects: [
      {
        test: {
          name: 'whole',
          include: [all],
          exclude: [...none, ...quiet],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll },
          globalSetup: ['tests/setup/postgres.ts'],
        },
      },
      {
        test: {
          name: 'twice',
          include: [`tests/system/{${flows}}.test.ts`],
          exclude: none,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll },
          env: { MARQUEE_TOPOLOGY: 'twice' },
          globalSetup: ['tests/setup/postgres.ts'],
        },
      },
      {
        test: {
          name: 'quiet',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll },
          include: quiet,
          exclude: none,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          globalSetup: ['tests/setup/postgres.ts'],
        },
      },
    ],
  },
})
