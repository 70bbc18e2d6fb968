import { useCallback } from 'react'
import { useRevalidator } from 'react-router'
import { send } from '../../api/browser.ts'

/**
 * Reads the order of this page anew. Asked first whether anybody answers: a page that is read anew without a network
 * would give way to an error page, in the middle of paying.
 */
export function useReload(orderId: string): () => Promise<void> {
  const { revalidate } = useRevalidator()
  return useCallback(async () => {
    const answer = await send('GET', `/api/orders/${orderId}`)
    if (answer.status > 0 && answer.status < 500) await revalidate()
  }, [orderId, revalidate])
}
