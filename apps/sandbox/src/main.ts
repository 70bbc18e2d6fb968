import { readOptions } from './options.ts'
import { startSandbox } from './start-sandbox.ts'

try {
  const sandbox = await startSandbox(readOptions(process.argv.slice(2), process.env))
  console.log(`The sandbox provider is open at ${sandbox.url}`)
  const stop = () => void sandbox.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  setInterval(() => {
    if (sandbox.hasBook()) return
    console.error('The sandbox provider ends: its book is gone')
    process.exit(1)
  }, 5000).unref()
} catch (error) {
  console.error(
    `The sandbox provider cannot start: ${error instanceof Error ? error.message : String(error)}`,
  )
  process.exit(1)
}
