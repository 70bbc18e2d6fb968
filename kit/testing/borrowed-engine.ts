/** An engine that a test only uses: it neither stops nor empties it. */
export type BorrowedEngine = { url: string; remove: () => Promise<void> }

/** The engine that a variable names by its address, or one that is started for the test. */
export async function borrow(
  variable: 'REDIS_URL' | 'RABBITMQ_URL' | 'ETCD_URL',
  start: () => Promise<BorrowedEngine>,
): Promise<BorrowedEngine> {
  const url = process.env[variable]
  return url ? { url, remove: async () => {} } : start()
}
