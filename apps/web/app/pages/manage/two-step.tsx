import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { wayOnFrom } from './way-on.ts'

type Props = {
  ask: ReactNode
  question: ReactNode
  confirm: ReactNode
  failure?: string
  quiet?: boolean
  label?: string
  onConfirm: () => Promise<unknown>
}

/** Something that is not easily undone: the button asks back in place before it acts. */
export function TwoStep({ ask, question, confirm, failure, quiet = false, label, onConfirm }: Props) {
  const { t } = useTranslation('manage')
  const [asking, setAsking] = useState(false)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const goOn = useRef<() => void>(undefined)
  // What was removed takes this button, and with it the focus.
  useEffect(() => () => goOn.current?.(), [])
  async function act() {
    setBusy(true)
    goOn.current = wayOnFrom(place.current)
    await onConfirm()
    setBusy(false)
    setAsking(false)
  }
  return (
    <div ref={place}>
      <FormError>{failure}</FormError>
      {asking ? (
        <fieldset className="flex flex-wrap items-center gap-3">
          <legend className="mb-2">{question}</legend>
          <Button autoFocus onClick={() => setAsking(false)}>
            {t('keep')}
          </Button>
          <Button look="bad" busy={busy} onClick={act}>
            {confirm}
          </Button>
        </fieldset>
      ) : (
        <Button
          look={quiet ? 'quiet' : 'bad'}
          aria-label={label}
          // After a no the focus is back where it came from.
          autoFocus={asked}
          onClick={() => {
            setAsking(true)
            setAsked(true)
          }}
        >
          {ask}
        </Button>
      )}
    </div>
  )
}
