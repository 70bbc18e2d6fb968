import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { send } from '../../../api/browser.ts'
import type { Problem } from '../../../api/types.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { MyTheater } from '../manage-types.ts'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'

/** Taking the house out of the programme: first gently, and with its shows only when its name is typed. */
export function CloseTheater({ theater }: { theater: MyTheater }) {
  const { t } = useTranslation('manage')
  const textOf = useProblemText()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const [asking, setAsking] = useState(false)
  const [shows, setShows] = useState(0)
  const [typed, setTyped] = useState('')
  const [mistyped, setMistyped] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function close(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const sure = typed.trim() === theater.name
    setMistyped(!sure)
    if (!sure) return field.current?.focus()
    setBusy(true)
    const query = shows > 0 ? '?cancelShows=true' : ''
    const answer = await send('DELETE', `${apiPaths.theater(theater.id)}${query}`)
    setBusy(false)
    if (answer.ok) {
      navigate(managePaths.entry())
      return refresh()
    }
    const planned = plannedIn(answer.problem)
    setShows(planned)
    setFailure(planned > 0 ? t('close.planned', { count: planned }) : textOf(answer.problem))
  }
  return (
    <section className="part" aria-labelledby="close">
      <h2 id="close">{t('close.title')}</h2>
      <p className="mt-2 mb-4 max-w-prose text-quiet">{t('close.text')}</p>
      <Button look="bad" onClick={() => setAsking(true)}>
        {t('close.open')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        mustDecide
        title={t('close.ask', { name: theater.name })}
      >
        <form onSubmit={close} className="grid gap-4">
          <p>{t('close.undo')}</p>
          <FormError>{failure}</FormError>
          <TextField
            ref={field}
            label={t('close.type', { name: theater.name })}
            error={
              mistyped ? <span role="alert">{t('close.mistyped', { name: theater.name })}</span> : undefined
            }
            autoComplete="off"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setMistyped(false)
            }}
          />
          <div className="flex flex-wrap gap-3">
            <Button onClick={() => setAsking(false)}>{t('keep')}</Button>
            <Button type="submit" look="bad" busy={busy}>
              {shows > 0 ? t('close.withShows', { count: shows }) : t('close.confirm')}
            </Button>
          </div>
        </form>
      </Dialog>
    </section>
  )
}

const plannedIn = (problem: Problem & { shows?: number }) =>
  problem.code === 'shows-planned' ? (problem.shows ?? 0) : 0
