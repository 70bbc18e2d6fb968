import { useQuery } from '@tanstack/react-query'
import { send } from './browser.ts'
import { useMe } from './me.ts'

/** How many notices I have not read; asked quietly after the page, 0 until then and for a guest. */
export function useUnread(): number {
  const me = useMe()
  const { data } = useQuery({
    queryKey: ['unread', me?.id],
    queryFn: async ({ signal }) => {
      const answer = await send<{ unread: number }>('GET', '/api/notifications?limit=1', { signal })
      return answer.ok ? answer.value.unread : 0
    },
    enabled: Boolean(me),
    staleTime: 30_000,
    refetchInterval: 120_000,
  })
  return data ?? 0
}
