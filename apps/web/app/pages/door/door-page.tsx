import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteLoaderData } from 'react-router'
import { send } from '../../api/browser.ts'
import type { loader as rootLoader } from '../../root.tsx'
import { BeSomebody } from '../../shell/be-somebody.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { keepOffline } from '../../util/offline.ts'
import { paths } from '../../util/path-builder.ts'
import './door.css'
import { Desk } from './desk.tsx'
import { chooseShow, chosenShow, keptShows } from './door-store.ts'
import type { DoorShow } from './door-types.ts'
import { PickShow } from './pick-show.tsx'
import './texts.ts'
import { useQueue } from './use-queue.ts'
import { useWork } from './use-work.ts'

const patience = 3000

export default function DoorPage() {
  const { t } = useTranslation('door')
  const demo = useRouteLoaderData<typeof rootLoader>('root')?.demo ?? false
  const { work, ask } = useWork()
  const [show, setShow] = useState<DoorShow>()
  const [left, setLeft] = useState<DoorShow>()
  const choose = useCallback((chosen: DoorShow | undefined) => {
    chooseShow(chosen)
    setShow(chosen)
  }, [])
  const leave = (from: DoorShow) => {
    setLeft(from)
    // A reload must not lead back to it.
    history.replaceState(history.state, '', window.location.pathname)
    choose(undefined)
  }

  useEffect(() => {
    keepOffline([paths.door()])
    const asked = new URLSearchParams(window.location.search).get('show')
    if (asked) void findShow(asked).then((found) => (found ? choose(found) : setShow(chosenShow())))
    else setShow(chosenShow())
  }, [choose])

  const ready = work !== 'loading' && work !== 'guest'
  return (
    <div className="page pt-6 pb-16">
      <title>{`${t('title')} · Marquee`}</title>
      {work === 'loading' ? (
        <>
          <h1>{t('title')}</h1>
          <div className="mt-8">
            <SkeletonRows label={t('loading')} />
          </div>
        </>
      ) : null}
      {work === 'guest' ? (
        <>
          <h1 className="mb-8">{t('title')}</h1>
          <EmptyState
            title={t('guest.title')}
            actions={
              <>
                {demo ? <BeSomebody person="usher">{t('guest.usher')}</BeSomebody> : null}
                <ButtonLink look={demo ? 'plain' : 'main'} to={paths.login({ next: paths.door() })}>
                  {t('guest.logIn')}
                </ButtonLink>
              </>
            }
          >
            {t('guest.text')}
          </EmptyState>
          <Waiting />
        </>
      ) : null}
      {ready && show ? <Desk key={show.id} show={show} onLeave={() => leave(show)} /> : null}
      {ready && !show ? (
        <>
          <PickShow
            theaters={work === 'offline' ? [] : work}
            left={left}
            offline={work === 'offline'}
            onPick={choose}
            onAgain={ask}
          />
          <Waiting />
        </>
      ) : null}
    </div>
  )
}

/** Guests that were let in without a network are told of from here too. */
function Waiting() {
  const { t } = useTranslation('door')
  const count = useQueue()
  return (
    <p role="status" className="mt-8">
      {count > 0 ? t('desk.waiting', { count }) : ''}
    </p>
  )
}

/** As the house knows it, or as this device does. */
async function findShow(showId: string): Promise<DoorShow | undefined> {
  const signal = AbortSignal.timeout(patience)
  const asked = await send<DoorShow>('GET', `/api/shows/${encodeURIComponent(showId)}`, { signal }).catch(
    () => undefined,
  )
  return asked?.ok ? asked.value : keptShows().find(({ id }) => id === showId)
}
