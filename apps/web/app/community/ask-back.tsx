import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './texts.ts'

type Props = { ask: ReactNode; question: ReactNode; onConfirm: () => Promise<unknown> }

/** Something without a way back: the words ask back in their own line before anything happens. */
export function AskBack({ ask, question, onConfirm }: Props) {
  const { t } = useTranslation('voices')
  const [asking, setAsking] = useState(false)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  if (!asking) {
    return (
      <button
        type="button"
        className="line-action"
        // After a no the focus is back where it came from.
        ref={asked ? focusNow : undefined}
        onClick={() => {
          setAsking(true)
          setAsked(true)
        }}
      >
        {ask}
      </button>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a line of text
    <span role="group" className="ask-back">
      <span>{question}</span>
      <button type="button" className="line-action" ref={focusNow} onClick={() => setAsking(false)}>
        {t('keep')}
      </button>
      <button
        type="button"
        className="line-action text-bad"
        aria-disabled={busy || undefined}
        onClick={async () => {
          if (busy) return
          setBusy(true)
          await onConfirm()
          setBusy(false)
          setAsking(false)
        }}
      >
        {t('removeNow')}
      </button>
    </span>
  )
}

// The line that asked is gone: the focus stays where the answer is given.
const focusNow = (button: HTMLButtonElement | null) => button?.focus()
