import { useCallback, useEffect, useState } from 'react'
import { send } from '../../api/browser.ts'
import { somebodyIsIn } from '../../api/me.ts'
import type { DoorTheater } from './door-types.ts'

export type Work = 'loading' | 'guest' | 'offline' | DoorTheater[]

// A network that swallows everything must not hold up a door that can do without.
const patience = 3000

/** Where this person works; `ask` asks anew, as the network's return does. */
export function useWork(): { work: Work; ask: () => void } {
  const [work, setWork] = useState<Work>('loading')
  const ask = useCallback(() => {
    if (!somebodyIsIn()) return setWork('guest')
    void askTheaters().then((answer) =>
      setWork((before) => answer ?? (Array.isArray(before) ? before : 'offline')),
    )
  }, [])
  useEffect(() => {
    ask()
    window.addEventListener('online', ask)
    return () => window.removeEventListener('online', ask)
  }, [ask])
  return { work, ask }
}

/** Undefined when nobody answers. */
async function askTheaters(): Promise<'guest' | DoorTheater[] | undefined> {
  const signal = AbortSignal.timeout(patience)
  const answer = await send<{ items: DoorTheater[] }>('GET', '/api/me/theaters', { signal }).catch(
    () => undefined,
  )
  if (answer?.ok) return answer.value.items.filter((theater) => !theater.closed)
  return answer?.status === 401 || answer?.status === 403 ? 'guest' : undefined
}
