import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { read } from '../../api/browser.ts'
import type { Items } from '../../api/types.ts'

/** A list of the API read from the browser page by page; nothing is asked while the path is undefined. */
export function useList<Item>(path: string | undefined, pageSize = 50) {
  const queries = useQueryClient()
  const queryKey = ['list', path]
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read<Items<Item>>(withQuery(path ?? '', pageSize, pageParam), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    enabled: path !== undefined,
  })
  return {
    items: list.data?.pages.flatMap((page) => page.items),
    error: list.error,
    hasMore: list.hasNextPage,
    busy: list.isFetchingNextPage,
    more: () => list.fetchNextPage(),
    again: () => list.refetch(),
    /** Changes what is shown until it is asked for again. */
    change: (part: (items: Item[]) => Item[]) => {
      const isMoreComing = queries.getQueryState(queryKey)?.fetchMeta?.fetchMore?.direction === 'forward'
      // What is on its way brings along the pages as they were when it was asked for.
      void queries.cancelQueries({ queryKey })
      queries.setQueryData<typeof list.data>(queryKey, (data) =>
        data
          ? { ...data, pages: data.pages.map((page) => ({ ...page, items: part(page.items) })) }
          : undefined,
      )
      if (isMoreComing) void list.fetchNextPage()
    },
  }
}

function withQuery(path: string, pageSize: number, cursor: string | null): string {
  const mark = path.includes('?') ? '&' : '?'
  return `${path}${mark}limit=${pageSize}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
}
