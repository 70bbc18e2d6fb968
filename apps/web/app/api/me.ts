import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError, send } from './browser.ts'
import type { Me } from './types.ts'

/** Who is looking: `undefined` while unknown, `null` for a guest. Asked after the page, which is the same for all. */
export function useMe(): Me | null | undefined {
  const { data, isError } = useQuery(whoIsLooking)
  // Nobody answers: whoever was known stays known, whoever was not is a guest for now.
  return data === undefined && isError ? null : data
}

/** The same for a press that comes before the answer: waits for it. */
export function useWhoIsLooking(): () => Promise<Me | null> {
  const queries = useQueryClient()
  return () =>
    queries
      .fetchQuery(whoIsLooking)
      .catch(() => queries.getQueryData<Me | null>(whoIsLooking.queryKey) ?? null)
}

const whoIsLooking = { queryKey: ['me'], queryFn: readMe, staleTime: 60_000 }

async function readMe({ signal }: { signal: AbortSignal }): Promise<Me | null> {
  if (!somebodyIsIn()) return null
  const answer = await send<Me>('GET', '/api/me', { signal })
  if (answer.ok) return answer.value
  const isRefused = answer.status >= 400 && answer.status < 500 && answer.status !== 429
  if (isRefused) return null
  throw new ApiError(answer.problem)
}

/** The gateway sets this cookie beside the session: without it there is nobody to ask about. Only in the browser. */
export const somebodyIsIn = (): boolean => /(?:^|;\s*)marquee_in=1/.test(document.cookie)
