import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, useLocation, useNavigate } from 'react-router'
import { useAnnounce } from '../ui/announcer.tsx'
import { paths } from '../util/path-builder.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { type Found, useSuggestions } from './use-suggestions.ts'

type Props = { initial?: string; large?: boolean }

/**
 * Searches from anywhere: a plain form that leads to the search page, with suggestions under the fingertips. The arrow
 * keys walk them, Enter takes one, Escape closes them.
 */
export function SearchField({ initial = '', large = false }: Props) {
  const { t } = useTranslation('site')
  const navigate = useNavigate()
  const announce = useAnnounce()
  const { key } = useLocation()
  const listId = useId()
  const [text, setText] = useState(initial)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const found = useSuggestions(isOpen ? text : '')
  const shows = isOpen && found !== undefined

  // biome-ignore lint/correctness/useExhaustiveDependencies: a page was reached: the list has done its work
  useEffect(() => setOpen(false), [key])
  useEffect(() => setText(initial), [initial])
  useEffect(() => {
    setActive(-1)
    if (found) announce(t('search.suggestions', { count: found.length }))
  }, [found, announce, t])

  function go({ to }: Found) {
    setOpen(false)
    setText('')
    void navigate(to)
  }

  function onKeyDown(event: KeyboardEvent) {
    const count = found?.length ?? 0
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) return setOpen(true)
      const by = event.key === 'ArrowDown' ? 1 : -1
      // One place more than there are suggestions: the field itself.
      setActive((at) => ((at + 1 + by + count + 1) % (count + 1)) - 1)
    } else if (event.key === 'Enter' && shows && found[active]) {
      event.preventDefault()
      go(found[active])
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      setOpen(false)
    }
  }

  return (
    <Form
      method="get"
      action={paths.search()}
      role="search"
      aria-label={t('search.label')}
      className={`search ${large ? 'search-large' : ''}`}
      onSubmit={() => setOpen(false)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <input
        type="search"
        name="q"
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('search.placeholder')}
        aria-label={t('search.field')}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shows && found.length > 0}
        aria-controls={listId}
        aria-activedescendant={shows && active >= 0 ? `${listId}-${active}` : undefined}
        className="search-input"
        onChange={(event) => {
          setText(event.target.value)
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="search-button" aria-label={t('search.submit')}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M8.5 2.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zm4.3 10.3 5 5" />
        </svg>
      </button>
      <SuggestionList
        id={listId}
        found={shows ? found : []}
        nothing={shows && found.length === 0}
        active={active}
        onChoose={go}
      />
    </Form>
  )
}
