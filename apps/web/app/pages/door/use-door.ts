import { useCallback, useEffect, useRef, useState } from 'react'
import { send } from '../../api/browser.ts'
import {
  forgetConflicts,
  forgetScan,
  type Kept,
  keepConflict,
  keepKeys,
  keepList,
  keepScan,
  loadKept,
  onOthersChange,
} from './door-store.ts'
import type { Conflict, DoorKey, DoorShow, Manifest, QueuedScan, Verdict } from './door-types.ts'
import { findTyped } from './find-typed.ts'
import { judgeOffline, mergeManifest, withAdmitted } from './judge-offline.ts'
import { readCode } from './read-code.ts'
import { type Settled, settleQueue, type TellScans } from './settle-queue.ts'
import { whatWasTyped } from './what-was-typed.ts'

const patience = 3000
// Whoever was not there a moment ago is not waited for that long again: a queue stands at the door.
const patienceOffline = 1000
const refreshEvery = 15_000
const refreshPatience = 10_000

const nothing: Kept = { manifest: undefined, keys: [], queue: [], conflicts: [] }

export type Scanned = Verdict & { code: string; offline: boolean; turn: number }
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

  const settle = useCallback(async () => {
    const answers = await settleQueue(loadKept(show.id).queue, tellScans)
    const done = new Set(answers.map(({ scanId }) => scanId))
    // Another door in this browser may settle too; what it has settled does not wait any more.
    const settled = loadKept(show.id).queue.filter(({ scanId }) => done.has(scanId))
    for (const conflict of conflictsOf(settled, answers)) keepConflict(conflict)
    for (const { scanId } of settled) forgetScan(scanId)
    reread()
  }, [show.id, reread])

  const loadLists = useCallback(async () => {
    await settle()
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
    keepList(mergeManifest(manifest.value, now.manifest, now.queue.length > 0))
    if (keys.ok) keepKeys(keys.value.keys)
    reread()
  }, [show.id, settle, reread, reachedIt])

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
        if (answer.code === 'forbidden' || answer.code === 'unauthenticated') {
          return setError(answer.code)
        }
        return setScanned({ result: 'invalid', code, offline: false, turn: turn.current })
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

const tellScans: TellScans = async (sent) => {
  const scans = sent.map(({ code, showId, scanId, scannedAt }) => ({ code, showId, scanId, scannedAt }))
  const answer = await send<{ items: Settled[] }>('POST', '/api/check-in/batch', {
    body: { scans },
    signal: AbortSignal.timeout(refreshPatience),
  }).catch(() => undefined)
  return answer?.ok ? answer.value.items : undefined
}

/** Admitted here, refused there. */
function conflictsOf(sent: QueuedScan[], answers: readonly Settled[]): Conflict[] {
  return answers.flatMap((answer) => {
    const scan = sent.find((one) => one.scanId === answer.scanId)
    if (scan?.result !== 'admitted' || answer.result === 'admitted') return []
    const { scanId, seat, scannedAt } = scan
    return [{ scanId, seat, scannedAt, result: answer.result }]
  })
}

const nowText = () => new Date().toISOString()

// Plain http on a house network has no randomUUID.
const fallbackId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
