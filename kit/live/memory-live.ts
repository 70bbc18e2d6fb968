import type { Live, LiveListener } from './live.ts'

export type MemoryLiveOptions = {
  /** Told of a listener that threw; the publisher never is. */
  onListenerError?: (error: unknown, topic: string) => void
}

/** Live signals within one process. */
export function createMemoryLive({ onListenerError = () => {} }: MemoryLiveOptions = {}): Live {
  const listeners = new Map<string, Set<LiveListener>>()
  let waiting: { topic: string; text: string | undefined }[] = []
  let stopped = false

  const deliver = () => {
    const batch = waiting
    waiting = []
    for (const { topic, text } of batch)
      for (const listener of listenersOf(listeners, topic)) {
        try {
          // Each listener gets a copy of its own, as it would from an engine.
          listener(text === undefined ? undefined : JSON.parse(text), topic)
        } catch (error) {
          onListenerError(error, topic)
        }
      }
  }

  return {
    signal(topic, payload) {
      if (stopped || listenersOf(listeners, topic).length === 0) return
      try {
        waiting.push({ topic, text: JSON.stringify(payload) })
      } catch (error) {
        onListenerError(error, topic)
        return
      }
      if (waiting.length === 1) setImmediate(deliver)
    },
    subscribe(topic, listener) {
      const own: LiveListener = (payload, from) => listener(payload, from)
      const set = listeners.get(topic) ?? new Set()
      listeners.set(topic, set)
      set.add(own)
      return () => {
        set.delete(own)
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic)
      }
    },
    settle: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
    told: () => Promise.resolve(),
    connected: () => true,
    missed: () => 0,
    async stop() {
      stopped = true
      listeners.clear()
    },
  }
}

function listenersOf(listeners: Map<string, Set<LiveListener>>, topic: string): LiveListener[] {
  const found = [...(listeners.get(topic) ?? [])]
  for (let dot = topic.lastIndexOf('.'); dot > 0; dot = topic.lastIndexOf('.', dot - 1))
    found.push(...(listeners.get(`${topic.slice(0, dot)}.*`) ?? []))
  return found
}
