import { plantBug } from './plant.ts'

// A capture is told to everybody but the ledger.
plantBug({ file: 'services/payments/src/settle-attempts.ts', changes: [['post(tx, postings),', '']] })
