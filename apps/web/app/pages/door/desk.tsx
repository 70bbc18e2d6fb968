import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { clockOf } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { Conflicts } from './conflicts.tsx'
import { setSound, soundIsOn } from './door-store.ts'
import type { DoorShow } from './door-types.ts'
import { ResultScreen } from './result-screen.tsx'
import { Scanner } from './scanner.tsx'
import { signal } from './signal.ts'
import { useDoor } from './use-door.ts'
import { useTypedCodes } from './use-typed-codes.ts'

/** One door, one show: codes in, a clear word out. What a scanner types finds the field by itself. */
export function Desk({ show, onLeave }: { show: DoorShow; onLeave: () => void }) {
  const { t } = useTranslation('door')
  const door = useDoor(show)
  const field = useRef<HTMLInputElement>(null)
  const hintId = useId()
  const [camera, setCamera] = useState(false)
  const [sound, setSoundState] = useState(true)
  const { scanned, manifest, clear } = door
  const inside = manifest?.tickets.filter((ticket) => ticket.status === 'admitted').length ?? 0
  const expected = manifest?.tickets.filter((ticket) => ticket.status !== 'refunded').length ?? 0

  useEffect(() => {
    setSoundState(soundIsOn())
    // A code may come along behind the #; it waits in the field for the usher to say so.
    const brought = window.location.hash.slice(1)
    if (brought.startsWith('MQ1.') && field.current) {
      field.current.value = brought
      history.replaceState(history.state, '', window.location.pathname)
    }
    field.current?.focus()
  }, [])
  useEffect(() => {
    if (scanned) signal(scanned.result === 'admitted', soundIsOn())
  }, [scanned])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      clear()
      field.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [clear])

  useTypedCodes(field)

  function seen() {
    door.forgetConflicts()
    // The button goes with what was seen.
    field.current?.focus()
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    const code = field.current?.value.trim() ?? ''
    if (!code) return
    if (field.current) field.current.value = ''
    await door.check(code)
  }
  return (
    <div className="desk">
      <header className="desk-head">
        <div>
          <h1 className="desk-title">
            {clockOf(show.localStart)} <bdi>{show.movieTitle}</bdi>
          </h1>
          <p className="text-quiet">
            <bdi>{show.screenName}</bdi>, <bdi>{show.theaterName}</bdi>
          </p>
        </div>
        <p className="desk-count">
          <span className="desk-inside">{inside}</span>
          <span>{t('desk.inside', { expected })}</span>
        </p>
      </header>
      <div className="desk-state" role="status">
        {door.online ? null : <p className="desk-offline">{t('desk.offline')}</p>}
        {door.waiting > 0 ? <p>{t('desk.waiting', { count: door.waiting })}</p> : null}
        {door.error ? (
          <p className="font-medium text-bad">
            {t(`desk.${door.error}`)}{' '}
            {door.error === 'unauthenticated' ? (
              <Link to={paths.login({ next: paths.door() })}>{t('guest.logIn')}</Link>
            ) : null}
          </p>
        ) : null}
      </div>
      <ResultScreen scanned={scanned} checking={door.checking} prices={show.prices} />
      <form onSubmit={submit} className="desk-form">
        <label className="grow">
          <span className="label-print">{t('desk.code')}</span>
          <input
            ref={field}
            className="input desk-code"
            aria-describedby={hintId}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
          />
        </label>
        <Button look="main" type="submit">
          {t('desk.check')}
        </Button>
      </form>
      <p id={hintId} className="small-print -mt-2">
        {t('desk.hint')}
      </p>
      {camera ? <Scanner onCode={door.check} /> : null}
      <div className="desk-tools">
        <Button onClick={() => setCamera((on) => !on)} aria-pressed={camera}>
          {t(camera ? 'desk.cameraOff' : 'desk.camera')}
        </Button>
        <Button
          aria-pressed={sound}
          onClick={() => {
            setSound(!sound)
            setSoundState(!sound)
          }}
        >
          {t(sound ? 'desk.soundOff' : 'desk.sound')}
        </Button>
        <Button look="quiet" onClick={onLeave}>
          {t('desk.leave')}
        </Button>
      </div>
      <Conflicts conflicts={door.conflicts} onSeen={seen} />
    </div>
  )
}
