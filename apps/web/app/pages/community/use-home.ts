import { useQuery } from '@tanstack/react-query'
import { read } from '../../api/browser.ts'
import type { Home } from '../../api/types.ts'

export const homeKey = ['home']

/** Where near is for me; `home` is null while I have not said. */
export const useHome = () =>
  useQuery({
    queryKey: homeKey,
    queryFn: ({ signal }) => read<{ home: Home | null }>('/api/me/home', signal),
  })
