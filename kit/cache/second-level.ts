/** What a second level knows of a key: the moment of asking, and the answer if it has one that is up to date. */
export type Look = { moment: string; found?: { value: unknown; ageSeconds: number } }

/**
 * Where processes share answers, behind the memory of each. It may be away or forget at any time: then answers are
 * made, never waited for.
 */
export type SecondLevel = {
  /** Undefined when it cannot be trusted or asked now. */
  look(key: string, tags: readonly string[]): Promise<Look | undefined>
  /** Keeps an answer made after `moment`, unless one of its tags was invalidated since. Never throws. */
  keep(answer: {
    key: string
    tags: readonly string[]
    moment: string
    value: unknown
    seconds: number
  }): Promise<void>
  /**
   * Resolves with whether everybody who asks here from now on is safe from what was before. When it could not be told,
   * this process asks it nothing until it was; others must be told to do the same.
   */
  invalidate(tags: readonly string[]): Promise<boolean>
  invalidateAll(): Promise<boolean>
}
