import { connectRabbit } from './rabbit-connection.ts'

/** Whether a broker lets us in, within three seconds; else why not. */
export async function reachRabbit(broker: string): Promise<true | string> {
  let reason = 'it does not answer'
  const connection = connectRabbit(broker, {
    name: 'marquee asks',
    onError: (error) => {
      reason = error instanceof Error ? error.message : String(error)
    },
  })
  try {
    await connection.onConnect(3000, true)
    return true
  } catch {
    return reason
  } finally {
    connection.unsafeDestroy()
  }
}
