import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../ui/announcer.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'

export type Closed = 'cancelled' | 'early' | 'over'
type Props = {
  movieId: string
  /** Why nothing was sold when the page came. */
  closed: Closed | undefined
  children: (onCancelled: () => void) => ReactNode
}

/** What sells seats, for as long as they are sold; after that why not, and where else to go. */
export function Sale({ movieId, closed: closedBefore, children }: Props) {
  const { t } = useTranslation('booking')
  const announce = useAnnounce()
  const place = useRef<HTMLDivElement>(null)
  const ending = useRef<HTMLDivElement>(null)
  const [cancelled, setCancelled] = useState(false)
  const closed = closedBefore ?? (cancelled ? 'cancelled' : undefined)
  const onCancelled = useCallback(() => {
    const wasHere = place.current?.contains(document.activeElement)
    setCancelled(true)
    announce(t('closed.cancelled.now'))
    // What had the focus goes with the map.
    if (wasHere) requestAnimationFrame(() => ending.current?.focus())
  }, [announce, t])
  return (
    <div ref={place}>
      {closed ? (
        <div ref={ending} tabIndex={-1} className="mt-8 outline-none">
          <EmptyState
            title={t(`closed.${closed}.title`)}
            actions={
              <ButtonLink look="main" to={paths.film(movieId)}>
                {t('closed.otherTimes')}
              </ButtonLink>
            }
          >
            {t(`closed.${closed}.text`)}
          </EmptyState>
        </div>
      ) : (
        children(onCancelled)
      )}
    </div>
  )
}
