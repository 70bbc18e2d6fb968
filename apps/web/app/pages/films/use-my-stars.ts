import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { starsSaid } from '../../community/stars.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { inTab } from '../../util/storage.ts'
import { failureText } from '../account/failure-text.ts'
import type { useMyFilm } from './use-my-film.ts'

const restMs = 350
const slot = 'marquee:stars'

/**
 * My stars of a film. They show at once and are sent when the fingers rest, so that walking with the arrow keys is one
 * change; `undo` brings back what was before it. A guest's stars wait in this tab until they are logged in.
 */
export function useMyStars(movieId: string, film: ReturnType<typeof useMyFilm>) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const announce = useAnnounce()
  const { me, mine, isKnown, change } = film
  const [waiting, setWaiting] = useState<number | null>(null)
  const [before, setBefore] = useState<{ stars: number | null }>()
  const [failure, setFailure] = useState<string>()
  const settled = useRef<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const newest = useRef(0)
  const told = useRef<Promise<void>>(Promise.resolve())
  const resting = useRef<() => void>(undefined)
  const stars = me ? (mine.stars ?? null) : waiting

  const give = useCallback(
    (wanted: number | null, isUndo = false) => {
      setFailure(undefined)
      if (timer.current === undefined) settled.current = mine.stars ?? null
      const last = settled.current
      setBefore(isUndo || wanted === last ? undefined : { stars: last })
      change(() => ({ stars: wanted }))
      clearTimeout(timer.current)
      newest.current += 1
      const turn = newest.current
      const tell = async () => {
        const path = `/api/movies/${movieId}/rating`
        const answer =
          wanted === null
            ? await send('DELETE', path, { keepalive: true })
            : await send('PUT', path, { body: { stars: wanted }, keepalive: true })
        // Newer ones are on their way: they decide what is shown.
        if (turn !== newest.current) return
        if (!answer.ok) {
          change(() => ({ stars: last }))
          setBefore(undefined)
          return setFailure(failureText(answer.problem, site))
        }
        // They may have been read in between, before they arrived.
        change(() => ({ stars: wanted }))
        announce(wanted === null ? t('mine.cleared') : t('mine.said', starsSaid(wanted)))
      }
      resting.current = () => {
        clearTimeout(timer.current)
        timer.current = undefined
        resting.current = undefined
        // One after the other, so that the last that was given is the last that arrives.
        told.current = told.current.then(tell)
      }
      timer.current = setTimeout(resting.current, restMs)
    },
    [movieId, mine.stars, change, announce, t, site],
  )

  function choose(wanted: number | null) {
    if (me) return give(wanted)
    setWaiting(wanted)
    if (wanted === null) return inTab.forget(slot)
    inTab.write(slot, JSON.stringify({ movieId, stars: wanted }))
    announce(t('mine.guestSaid', starsSaid(wanted)))
  }

  // Whoever closes the page right after the press has given them all the same.
  useEffect(() => {
    const leave = () => resting.current?.()
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [])

  const giveNow = useRef(give)
  giveNow.current = give
  useEffect(() => {
    const kept = keptFor(movieId)
    if (kept === undefined || me === undefined) return
    if (me === null) return setWaiting(kept)
    if (!isKnown) return
    inTab.forget(slot)
    giveNow.current(kept)
  }, [movieId, me, isKnown])

  return { stars, before, failure, choose, undo: () => before && give(before.stars, true) }
}

function keptFor(movieId: string): number | undefined {
  const kept = inTab.readJson(slot) as { movieId?: string; stars?: number } | undefined
  return kept?.movieId === movieId ? kept.stars : undefined
}
