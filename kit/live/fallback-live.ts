import type { Live } from './live.ts'

/**
 * Signals go by the first way while it works, and by the second while it does not; whoever watches hears both. Neither
 * promises more than `Live` does: what is under way when the first breaks may come late, twice or not at all.
 */
export function createFallbackLive(first: Live, second: Live): Live {
  return {
    signal: (topic, payload) => (first.connected() ? first : second).signal(topic, payload),
    subscribe(topic, listener) {
      const leave = [first, second].map((live) => live.subscribe(topic, listener))
      return () => {
        for (const one of leave) one()
      }
    },
    settle: async () => void (await Promise.all([first.settle(), second.settle()])),
    told: async () => void (await Promise.all([first.told(), second.told()])),
    // Others may still use the first way when only this process has lost it.
    connected: () => first.connected() && second.connected(),
    missed: () => first.missed() + second.missed(),
    stop: async () => void (await Promise.all([first.stop(), second.stop()])),
  }
}
