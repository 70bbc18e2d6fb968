import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { Poster } from '../../../ui/poster.tsx'
import { describe, Field } from '../../../ui/text-field.tsx'
import type { Suggestion } from '../manage-types.ts'
import { useSuggestions } from './use-suggestions.ts'

export type Film = Pick<Suggestion, 'id' | 'title' | 'year'>
type Props = { film: Film | undefined; onChoose: (film: Film | undefined) => void; error?: string }

/** A film by its title: type, arrows, Enter. Forgives typing errors as far as the catalogue does. */
export function FilmPicker({ film, onChoose, error }: Props) {
  const { t } = useTranslation('manage')
  if (film) {
    return (
      <div className="field">
        <span className="label-print">{t('film.label')}</span>
        <div className="flex items-center gap-4">
          <div className="w-14 shrink-0">
            <Poster movieId={film.id} />
          </div>
          <p className="condensed text-2xl leading-none">
            <bdi>{film.title}</bdi> {film.year ? <span className="text-quiet">{film.year}</span> : null}
          </p>
          <Button look="quiet" onClick={() => onChoose(undefined)}>
            {t('film.other')}
          </Button>
        </div>
      </div>
    )
  }
  return <Search onChoose={onChoose} error={error} />
}

function Search({ onChoose, error }: Omit<Props, 'film'>) {
  const { t } = useTranslation('manage')
  const announce = useAnnounce()
  const id = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const { films, state } = useSuggestions(text, (count) => announce(t('film.found', { count })))
  const active = films[at]
  const shown = open && text.trim() !== ''

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && films.length > 0) {
      setOpen(true)
      setAt((at + step + films.length) % films.length)
    } else if (event.key === 'Enter' && shown && active) onChoose(active)
    else if (event.key === 'Escape' && shown) setOpen(false)
    else return
    event.preventDefault()
  }

  return (
    <Field id={id} label={t('film.label')} hint={t('film.hint')} error={error}>
      <div className="relative">
        <input
          id={id}
          className="input"
          role="combobox"
          autoComplete="off"
          aria-autocomplete="list"
          aria-expanded={shown && films.length > 0}
          aria-controls={`${id}-films`}
          aria-activedescendant={shown && active ? `${id}-${active.id}` : undefined}
          {...describe(id, true, error)}
          value={text}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
            setOpen(true)
          }}
        />
        <div id={`${id}-films`} role="listbox" aria-label={t('film.list')} className="suggestions">
          {shown
            ? films.map((film, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the input
                <div
                  key={film.id}
                  id={`${id}-${film.id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className="suggestion"
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => setAt(index)}
                  onClick={() => onChoose(film)}
                >
                  <bdi>{film.title}</bdi> {film.year ? <span className="text-quiet">{film.year}</span> : null}
                </div>
              ))
            : null}
        </div>
        {shown && films.length === 0 && state !== 'searching' ? (
          <p className="suggestions suggestion text-quiet">
            {state === 'failed' ? t('film.failed') : t('film.none')}
          </p>
        ) : null}
      </div>
    </Field>
  )
}
