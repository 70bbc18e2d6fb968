import { useQuery, useQueryClient } from '@tanstack/react-query'
import { send } from './browser.ts'
import type { Me } from './types.ts'

/** Who is looking: `undefined` while unknown, `null` for a guest. Asked after the page, which is the same for all. */
export function useMe(): Me | null | undefined {
  return useQuery(whoIsLooking).data
}

/** The same for a press that comes before the answer: waits for it. */
export function useWhoIsLooking(): () => Promise<Me | null> {
  const queries = useQueryClient()
  return () => queries.fetchQuery(whoIsLooking)
}

const whoIsLooking = { queryKey: ['me'], queryFn: readMe, staleTime: 60_000 }

async function readMe({ signal }: { signal: AbortSignal }): Promise<Me | null> {
  if (!somebodyIsIn()) return null
  const answer = await send<Me>('GET', '/api/me', { signal })
  return answer.ok ? answer.value : null
}

/** The gateway sets this cookie beside the session: without it there is nobody to ask about. Only in the browser. */
export const somebodyIsIn = (): boolean => /(?:^|;\s*)marquee_in=1/.test(document.cookie)
