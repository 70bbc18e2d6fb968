import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { read } from '../../api/browser.ts'

/** What the API says at a path, asked from the browser; nothing is asked while the path is undefined. */
export function useApi<Value>(path: string | undefined, options: { everySeconds?: number } = {}) {
  return useQuery({
    queryKey: ['manage', path],
    queryFn: ({ signal }) => read<Value>(path ?? '', signal),
    enabled: path !== undefined,
    refetchInterval: options.everySeconds ? options.everySeconds * 1000 : false,
  })
}

/** Reads everything on the page again after a change; resolves when it is there. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: ['manage'] }), [client])
}
