import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { ApiError, read } from '../../api/browser.ts'
import { somebodyIsIn } from '../../api/me.ts'

/** What the API says at a path, asked from the browser; nothing is asked while the path is undefined. */
export function useApi<Value>(path: string | undefined, options: { everySeconds?: number } = {}) {
  const { data, error, refetch } = useQuery({
    queryKey: ['manage', path],
    queryFn: ({ signal }) => {
      if (!somebodyIsIn()) throw new ApiError({ status: 401, code: 'unauthenticated', title: '' })
      return read<Value>(path ?? '', signal)
    },
    // A refusal stays one; only a lost network or a fault is asked again.
    retry: (failures, error) => failures < 1 && !(error instanceof ApiError && isRefusal(error)),
    enabled: path !== undefined,
    refetchInterval: options.everySeconds ? options.everySeconds * 1000 : false,
  })
  // What is on the page stays when a later reading fails: somebody may be writing in it.
  return {
    data,
    error: data === undefined ? error : null,
    isStale: data !== undefined && error !== null,
    refetch,
  }
}

/** Reads everything on the page again after a change; resolves when it is there. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: ['manage'] }), [client])
}

const isRefusal = ({ problem: { status } }: ApiError) => status >= 400 && status < 500
