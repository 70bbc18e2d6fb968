import { isRouteErrorResponse } from 'react-router'

/**
 * What a page shows stays when it is read anew and the house asks for patience, or does not answer: an error page in
 * its place would say less.
 */
export async function orStillShown<Loaded>(
  fresh: Promise<Loaded>,
  shown: Loaded | undefined,
): Promise<Loaded> {
  return fresh.catch((error: unknown) => {
    if (shown === undefined || !isForNow(error)) throw error
    return shown
  })
}

/** Browsers tell a dead network as a TypeError. */
const isForNow = (error: unknown) =>
  isRouteErrorResponse(error) ? isPassing(error.status) : error instanceof TypeError

/** Whether a status tells of this moment only, and nothing of what was asked for; 0 is a dead network. */
export const isPassing = (status: number): boolean => status === 0 || status === 429 || status >= 500
