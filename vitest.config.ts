import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{kit,contracts,services,apps,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/build/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    globalSetup: ['tests/setup/postgres.ts'],
  },
})
