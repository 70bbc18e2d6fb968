export { advanceClock } from './advance-clock.ts'
export { type TestDatabase, type TestDatabaseOptions, testDatabase } from './test-database.ts'
export { endTestServer, prepareTestServer, type TestServer, testServer } from './test-server.ts'
