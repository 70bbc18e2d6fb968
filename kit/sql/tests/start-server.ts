// Run as a process of its own, to be killed or to run as somebody else: starts the server and says what it got.
import { isSqlError, startEmbedded } from '@marquee/kit/sql'

const [data = '', finish] = process.argv.slice(2)
try {
  const server = await startEmbedded({ data })
  process.stdout.write(`${JSON.stringify({ pid: server.pid(), url: server.adminUrl() })}\n`)
  if (finish) {
    for await (const _ of process.stdin);
    await server.stop()
  }
} catch (error) {
  process.stdout.write(`${JSON.stringify({ code: isSqlError(error) ? error.code : String(error) })}\n`)
}
