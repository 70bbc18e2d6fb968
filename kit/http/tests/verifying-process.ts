import { openServiceKeys } from '../service-keys.ts'

// Another process of the installation: says of every token that it is sent whether it believes it.
const keys = await openServiceKeys(process.argv[2] ?? '')
process.on('message', async (token) => {
  const caller = await keys.verify(String(token), 'booking')
  process.send?.(caller?.network ?? 'refused')
})
process.send?.('ready')
