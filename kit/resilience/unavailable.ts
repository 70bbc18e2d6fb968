/**
 * Whether an error says that something this process needs is away just now, so that trying again later may help. Whoever
 * throws such errors gives them `unavailable: true`.
 */
export const isUnavailable = (error: unknown): error is Error =>
  error instanceof Error && 'unavailable' in error && error.unavailable === true
