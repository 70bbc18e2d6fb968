import { defineConfig } from 'vitest/config'

const all = '{kit,contracts,services,apps,tests}/**/*.test.ts'
const none = ['**/node_modules/**', '**/build/**']
// Promises of seconds are judged there, so nothing else runs meanwhile.
const split = 'tests/faults/split/**/*.test.ts'
// What people do must not depend on how many processes answer them.
const flows =
  'authorisation,community,edited-film,import-ratings,journey,live-seats,moving-in,picks,strangers-ids'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'whole',
          include: [all],
          exclude: [...none, split],
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
          env: { MARQUEE_TOPOLOGY: 'twice' },
        },
      },
      {
        test: {
          name: 'faults',
          include: [split],
          exclude: none,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          globalSetup: ['tests/setup/postgres.ts'],
        },
      },
    ],
  },
})
