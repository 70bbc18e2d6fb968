import { describe } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createSqlSearch } from './index.ts'
import { searchSuite } from './search-suite.ts'

describe('search in PostgreSQL', () => {
  searchSuite(async () => {
    const database = await testDatabase({ schema: 'suite' })
    return { open: () => createSqlSearch({ db: database.db }), close: () => database.close() }
  })
})
