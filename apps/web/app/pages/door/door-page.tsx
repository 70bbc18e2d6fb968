import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteLoaderData } from 'react-router'
import { send } from '../../api/browser.ts'
import { somebodyIsIn } from '../../api/me.ts'
import type { loader as rootLoader } from '../../root.tsx'
import { BeSomebody } from '../../shell/be-somebody.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { keepOffline } from '../../util/offline.ts'
import { paths } from '../../util/path-builder.ts'
import './door.css'
import { Desk } from './desk.tsx'
import { chooseShow, chosenShow } from './door-store.ts'
import type { DoorShow, DoorTheater } from './door-types.ts'
import { PickShow } from './pick-show.tsx'
import './texts.ts'

type Work = 'loading' | 'guest' | 'offline' | DoorTheater[]

export default function DoorPage() {
  const { t } = useTranslation('door')
  const demo = useRouteLoaderData<typeof rootLoader>('root')?.demo ?? false
  const [work, setWork] = useState<Work>('loading')
  const [show, setShow] = useState<DoorShow>()

  const [theaterId, setTheaterId] = useState<string>()
  const choose = useCallback((chosen: DoorShow | undefined) => {
    chooseShow(chosen)
    setShow(chosen)
  }, [])
  const leave = (left: DoorShow) => {
    setTheaterId(left.theaterId)
    choose(undefined)
  }

  useEffect(() => {
    keepOffline([paths.door()])
    const asked = new URLSearchParams(window.location.search).get('show')
    if (asked) {
      send<DoorShow>('GET', `/api/shows/${asked}`).then((answer) =>
        answer.ok ? choose(answer.value) : setShow(chosenShow()),
      )
    } else setShow(chosenShow())
    if (!somebodyIsIn()) return setWork('guest')
    send<{ items: DoorTheater[] }>('GET', '/api/me/theaters').then((answer) => {
      if (answer.ok) setWork(answer.value.items.filter((theater) => !theater.closed))
      else setWork(answer.status === 401 || answer.status === 403 ? 'guest' : 'offline')
    })
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
        </>
      ) : null}
      {ready && show ? <Desk key={show.id} show={show} onLeave={() => leave(show)} /> : null}
      {ready && !show ? (
        <PickShow
          theaters={work === 'offline' ? [] : work}
          firstTheaterId={theaterId}
          offline={work === 'offline'}
          onPick={choose}
        />
      ) : null}
    </div>
  )
}
