import { useCallback } from 'react'
import { useRevalidator } from 'react-router'
import { send } from '../../api/browser.ts'
import { isPassing } from '../../api/or-still-shown.ts'

/**
 * Reads the order of this page anew. Asked first whether anybody answers: without a network, and while the house asks
 * for patience, there is nothing to read.
 */
export function useReload(orderId: string): () => Promise<void> {
  const { revalidate } = useRevalidator()
  return useCallback(async () => {
    const answer = await send('GET', `/api/orders/${orderId}`)
    if (!isPassing(answer.status)) await revalidate()
  }, [orderId, revalidate])
}
