import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import type { Problem } from '../../../api/types.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, Screen } from '../manage-types.ts'
import { type FieldInWords, NotSaved } from '../not-saved.tsx'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { useSharedFields } from '../use-shared-fields.ts'
import { RowsEditor } from './rows-editor.tsx'
import { usePreview } from './use-preview.ts'

type Props = {
  theater: MyTheater
  screen?: Screen
  start: { name: string; rows: string }
  submit?: string
  onSaved?: (screen: Screen) => void
}

type Fields = { name: string; trailers: string; cleaning: string; rows: string }

/** A screen's name, its pauses and its seats. */
export function ScreenForm({ theater, screen, start, submit, onSaved }: Props) {
  const { t } = useTranslation('manage')
  const announce = useAnnounce()
  const refresh = useRefresh()
  const explain = useRefusal()
  const shared = useSharedFields<Fields>({
    version: screen?.version ?? 0,
    fields: {
      ...start,
      trailers: String(screen?.trailerMinutes ?? 15),
      cleaning: String(screen?.cleaningMinutes ?? 15),
    },
  })
  const { fields } = shared
  const { name, trailers, cleaning, rows } = fields
  const set = (change: Partial<Fields>) => shared.setFields({ ...fields, ...change })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [saved, setSaved] = useState(false)
  const preview = usePreview(rows)
  // A layout that never was text would change by being written as text: unless touched, it is left alone.
  const touched = screen === undefined || rows !== shared.saved.rows
  const foreign = screen && !touched && preview.layout && preview.layout.id !== screen.layoutId

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (preview.state === 'wrong' || rows.trim() === '') return setFailure(t('screens.fixRows'))
    setBusy(true)
    setSaved(false)
    const path = apiPaths.screens(theater.id)
    const answer = await send<Screen>(screen ? 'PATCH' : 'POST', screen ? `${path}/${screen.id}` : path, {
      ...(screen ? { headers: { 'if-match': `"${shared.version}"` } } : {}),
      body: {
        name,
        trailerMinutes: Number(trailers),
        cleaningMinutes: Number(cleaning),
        ...(touched ? { layout: rows } : {}),
      },
    })
    setFailure(answer.ok ? undefined : explain(answer.problem))
    if (answer.ok) shared.settle(answer.value.version, fields)
    if (answer.ok || answer.status === 412) await refresh()
    if (answer.ok) {
      announce(t('saved'))
      onSaved?.(answer.value)
    }
    setSaved(answer.ok)
    setBusy(false)
  }
  const inWords = (all: Fields): FieldInWords[] => [
    { label: t('screens.name'), text: all.name },
    { label: t('screens.trailers'), text: all.trailers },
    { label: t('screens.cleaning'), text: all.cleaning },
    { label: t('rows.label'), text: all.rows },
  ]

  return (
    <form onSubmit={save} className="grid gap-6">
      <div className="grid max-w-3xl items-start gap-5 sm:grid-cols-3">
        <TextField
          label={t('screens.name')}
          required
          maxLength={60}
          value={name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t('screens.trailers')}
          type="number"
          min={0}
          max={120}
          required
          value={trailers}
          onChange={(event) => set({ trailers: event.target.value })}
        />
        <TextField
          label={t('screens.cleaning')}
          type="number"
          min={0}
          max={240}
          required
          value={cleaning}
          onChange={(event) => set({ cleaning: event.target.value })}
        />
      </div>
      {foreign ? <p className="notice">{t('screens.foreign')}</p> : null}
      <RowsEditor
        rows={rows}
        onChange={(next) => {
          set({ rows: next })
          setSaved(false)
          setFailure(undefined)
        }}
        preview={preview}
      />
      <NotSaved shared={shared} inWords={inWords} failure={failure} onTake={() => setFailure(undefined)} />
      <div className="flex flex-wrap items-center gap-5">
        <Button type="submit" look="main" busy={busy}>
          {submit ?? (screen ? t('save') : t('screens.add'))}
        </Button>
        {saved ? <span>{t('saved')}</span> : null}
      </div>
    </form>
  )
}

/** D2 before D10. */
const inOrder = (seats: string[]) => seats.toSorted(new Intl.Collator('en', { numeric: true }).compare)

function useRefusal() {
  const { t } = useTranslation('manage')
  const textOf = useProblemText()
  return (problem: Problem & { seats?: string[] }): string => {
    if (problem.code === 'name-taken') return t('screens.nameTaken')
    if (problem.code === 'seats-sold')
      return t('screens.seatsSold', {
        count: problem.seats?.length ?? 0,
        seats: inOrder(problem.seats ?? [])
          .slice(0, 20)
          .join(', '),
      })
    if (problem.errors?.some(({ path }) => path === 'layout.zones')) return t('screens.zonesUnpriced')
    return textOf(problem)
  }
}
