import { useCallback, useEffect, useRef, useState } from 'react'
import { send } from '../../api/browser.ts'
import {
  forgetConflicts,
  type Kept,
  keepKeys,
  keepList,
  keepScan,
  keepShow,
  keptQueue,
  loadKept,
  onOthersChange,
} from './door-store.ts'
import type { DoorKey, DoorShow, Manifest, Verdict } from './door-types.ts'
import { findTyped } from './find-typed.ts'
import { judgeOffline, mergeManifest, withAdmitted } from './judge-offline.ts'
import { readCode } from './read-code.ts'
import { settle } from './settle.ts'
import { whatWasTyped } from './what-was-typed.ts'

const patience = 3000
// Whoever was not there a moment ago is not waited for that long again: a queue stands at the door.
const patienceOffline = 1000
const refreshEvery = 15_000
const refreshPatience = 10_000
const settlePatience = 10_000

const nothing: Kept = { manifest: undefined, keys: [], queue: [], conflicts: [] }

export type Scanned = Verdict & {
  code: string
  offline: boolean
  turn: number
  /** It belongs to a house where this usher does not work. */
  elsewhere?: boolean
}
export type DoorError = 'unauthenticated' | 'forbidden'

/** A door: judges codes online, or by its own list when nobody answers, and settles with the house later. */
export function useDoor(show: DoorShow) {
  const [kept, setKept] = useState<Kept>(nothing)
  const [online, setOnline] = useState(true)
  const wasReached = useRef(true)
  const [error, setError] = useState<DoorError>()
  const [scanned, setScanned] = useState<Scanned>()
  const [checking, setChecking] = useState(false)
  const turn = useRef(0)
  const inTurn = useRef<Promise<unknown>>(Promise.resolve())
  const refreshing = useRef<Promise<void>>(undefined)

  const reachedIt = useCallback((is: boolean) => {
    wasReached.current = is
    setOnline(is)
  }, [])

  const reread = useCallback(() => setKept(loadKept(show.id)), [show.id])

  const loadLists = useCallback(async () => {
    // A long queue goes on being told beside: newer lists do not wait for its end.
    await Promise.race([settle().then(reread), after(settlePatience)])
    const waited = keptQueue().length > 0
    const signal = AbortSignal.timeout(refreshPatience)
    const [manifest, keys] = await Promise.all([
      send<Manifest>('GET', `/api/check-in/manifest?showId=${show.id}`, { signal }),
      send<{ keys: DoorKey[] }>('GET', '/api/check-in/keys', { signal }),
    ])
    reachedIt(manifest.ok || (manifest.status > 0 && manifest.status < 500))
    if (!manifest.ok) {
      if (manifest.code === 'forbidden' || manifest.code === 'unauthenticated') setError(manifest.code)
      return
    }
    setError(undefined)
    const now = loadKept(show.id)
    keepList(mergeManifest(manifest.value, now.manifest, waited || now.queue.length > 0))
    keepShow(show)
    if (keys.ok) keepKeys(keys.value.keys)
    reread()
  }, [show, reread, reachedIt])

  // One at a time: an older list must not come after a newer one.
  const refresh = useCallback((): Promise<void> => {
    refreshing.current ??= loadLists()
      .catch(() => reachedIt(false))
      .finally(() => {
        refreshing.current = undefined
      })
    return refreshing.current
  }, [loadLists, reachedIt])

  useEffect(() => {
    reread()
    void refresh()
    const timer = setInterval(refresh, refreshEvery)
    window.addEventListener('online', refresh)
    const heedNoMore = onOthersChange(reread)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', refresh)
      heedNoMore()
    }
  }, [reread, refresh])

  const judge = useCallback(
    async (code: string) => {
      // An order has several tickets; the house is not asked which of them is meant.
      if (whatWasTyped(code) === 'order-number') {
        turn.current += 1
        return setScanned({ result: 'invalid', code, offline: false, turn: turn.current })
      }
      const scan = {
        code,
        showId: show.id,
        scanId: crypto.randomUUID?.() ?? fallbackId(),
        scannedAt: nowText(),
      }
      const answer = await send<Verdict>('POST', '/api/check-in', {
        body: scan,
        signal: AbortSignal.timeout(wasReached.current ? patience : patienceOffline),
      }).catch(() => undefined)
      // Too many at once is no word about the ticket: this door goes by its own list, as without a network.
      const reached =
        answer !== undefined &&
        (answer.ok || (answer.status > 0 && answer.status < 500 && answer.status !== 429))
      reachedIt(reached)
      turn.current += 1
      if (answer?.ok) {
        setError(undefined)
        const { manifest } = loadKept(show.id)
        if (manifest) keepList(withAdmitted(manifest, answer.value))
        reread()
        return setScanned({ ...answer.value, code, offline: false, turn: turn.current })
      }
      if (answer && reached) {
        // Whose list of this show one may read works here: it is the ticket that is another house's.
        const isElsewhere = answer.code === 'forbidden' && (await mayReadList(show.id))
        if (!isElsewhere && (answer.code === 'forbidden' || answer.code === 'unauthenticated'))
          return setError(answer.code)
        const elsewhere = isElsewhere ? { elsewhere: true } : {}
        return setScanned({ result: 'invalid', code, offline: false, turn: turn.current, ...elsewhere })
      }
      const carried = loadKept(show.id)
      if (!carried.manifest) return setScanned({ result: 'invalid', code, offline: true, turn: turn.current })
      const read = findTyped(code, carried.manifest) ?? (await readCode(code, carried.keys))
      // Looked at only now: what is settled or loaded meanwhile must not be undone.
      const { manifest = carried.manifest } = loadKept(show.id)
      const verdict = judgeOffline(read, manifest, scan.scannedAt)
      const { ticket, result } = verdict
      const seat = ticket ? `${ticket.row} ${ticket.number}`.trim() : ''
      // Refusals are not told: by the time the house hears of it, it might admit a guest who was sent away.
      if (result === 'admitted') keepScan({ ...scan, result, seat })
      keepList(withAdmitted(manifest, verdict))
      reread()
      setScanned({ ...verdict, code, offline: true, turn: turn.current })
    },
    [show.id, reread, reachedIt],
  )

  /** One guest after the other: no answer comes over that of a later one, and nobody is counted over. */
  const check = useCallback(
    (code: string): Promise<void> => {
      const judged = inTurn.current.then(async () => {
        // The guest before stays no longer on the screen: nobody may take it for this one.
        setScanned(undefined)
        setChecking(true)
        await judge(code).finally(() => setChecking(false))
      })
      inTurn.current = judged.catch(() => {})
      return judged
    },
    [judge],
  )

  const { manifest, queue, conflicts } = kept
  return {
    check,
    clear: useCallback(() => setScanned(undefined), []),
    forgetConflicts: useCallback(() => {
      forgetConflicts()
      reread()
    }, [reread]),
    scanned,
    checking,
    online,
    error,
    manifest,
    waiting: queue.length,
    conflicts,
  }
}

async function mayReadList(showId: string): Promise<boolean> {
  const signal = AbortSignal.timeout(patience)
  const asked = await send('GET', `/api/check-in/manifest?showId=${showId}`, { signal }).catch(
    () => undefined,
  )
  return asked?.ok === true
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const nowText = () => new Date().toISOString()

// Plain http on a house network has no randomUUID.
const fallbackId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
