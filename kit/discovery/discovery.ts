/** Knows where the instances of services are. */
export type Discovery = {
  /** The base addresses of a service's instances as known now, such as `http://10.0.0.7:3100`. Never waits. */
  instancesOf(service: string): readonly string[]
  /**
   * Tells others that these services answer at this address, until `withdraw`. When it cannot be told now, it is told as
   * soon as it can be.
   */
  announce(services: readonly string[], address: string): Promise<void>
  /** Takes the announcement back; others stop calling within a second or two. */
  withdraw(): Promise<void>
  /** Resolves when it has looked for the first time. */
  ready(): Promise<void>
  stop(): Promise<void>
}
