import { exchange } from './exchange.ts'

const patience = 1000

/**
 * Whether the process behind an address does anything at all within a second. It asks nothing of its services, so that
 * one whose calls take long is told from one that hangs.
 */
export async function knock(address: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patience)
    await exchange(address, '/health/live', { method: 'GET', headers: {}, signal })
    return true
  } catch {
    // Refused, cut off or silent: nobody is there.
    return false
  }
}
