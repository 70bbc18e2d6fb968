import type { HttpAppOptions } from '@marquee/kit/http'
import type { Logger } from '@marquee/kit/telemetry'

/** Has a door log answers that failed on our side: bugs, and what was away for a while. */
export const logFailures = (log: Logger): Pick<HttpAppOptions, 'onBug' | 'onUnavailable'> => ({
  onBug: (error, correlationId) => log.error({ err: error, correlationId }, 'a bug was met'),
  onUnavailable: ({ message }, correlationId) =>
    log.warn({ reason: message, correlationId }, 'something that a request needed was away'),
})
