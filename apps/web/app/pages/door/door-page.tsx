import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { keepOffline } from '../booking/offline.ts'
import './door.css'
import { Desk } from './desk.tsx'
import { keep, loadKept } from './door-store.ts'
import type { DoorShow, DoorTheater } from './door-types.ts'
import { PickShow } from './pick-show.tsx'
import './texts.ts'

type Work = 'loading' | 'guest' | 'offline' | DoorTheater[]

export default function DoorPage() {
  const { t } = useTranslation('door')
  const [work, setWork] = useState<Work>('loading')
  const [show, setShow] = useState<DoorShow>()

  useEffect(() => {
    setShow(loadKept().show)
    keepOffline([paths.door()])
    send<{ items: DoorTheater[] }>('GET', '/api/me/theaters').then((answer) => {
      if (answer.ok) setWork(answer.value.items.filter((theater) => !theater.closed))
      else setWork(answer.status === 401 || answer.status === 403 ? 'guest' : 'offline')
    })
  }, [])

  function choose(chosen: DoorShow | undefined) {
    keep({ ...loadKept(), show: chosen })
    setShow(chosen)
  }
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
              <ButtonLink look="main" to={paths.login({ next: paths.door() })}>
                {t('guest.logIn')}
              </ButtonLink>
            }
          >
            {t('guest.text')}
          </EmptyState>
        </>
      ) : null}
      {ready && show ? <Desk key={show.id} show={show} onLeave={() => choose(undefined)} /> : null}
      {ready && !show ? (
        <PickShow theaters={work === 'offline' ? [] : work} offline={work === 'offline'} onPick={choose} />
      ) : null}
    </div>
  )
}
