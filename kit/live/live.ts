/** Takes a signal of a topic. */
export type LiveListener = (payload: unknown, topic: string) => void

/**
 * Signals between those who watch now: sent after the commit, delivered at best once and best effort. A signal
 * says that something changed; it is never the only copy of a fact.
 */
export type Live = {
  /** Never throws and never waits. The payload is plain JSON. */
  signal(topic: string, payload: unknown): void
  /** Hears a topic's signals until the returned function is called. `shows.*` hears every topic that starts so. */
  subscribe(topic: string, listener: LiveListener): () => void
  /** Resolves once everything signalled so far has reached its listeners in this process. */
  settle(): Promise<void>
  /**
   * Resolves once everything signalled so far is on its way to other processes: one of them that is connected has heard
   * it by the time it has heard anything later. After ten seconds it resolves all the same.
   */
  told(): Promise<void>
  /** Whether signals of other processes reach this one now, as far as can be known. */
  connected(): boolean
  /** Counts up whenever signals of other processes may have been missed, however short the break was. */
  missed(): number
  stop(): Promise<void>
}
