import { useTranslation } from 'react-i18next'
import type { Found } from './use-suggestions.ts'

type Props = {
  id: string
  found: Found[]
  nothing: boolean
  active: number
  onChoose: (found: Found) => void
}

/** What a search may lead to, films before theaters. The focus stays in the field. */
export function SuggestionList({ id, found, nothing, active, onChoose }: Props) {
  const { t } = useTranslation('site')
  const isShown = found.length > 0
  return (
    <div className={isShown || nothing ? 'suggestions' : ''}>
      {nothing ? <p className="suggestion text-quiet">{t('search.nothing')}</p> : null}
      <div id={id} role="listbox" aria-label={t('search.found')} hidden={!isShown}>
        {found.map((one, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
          <div
            key={one.id}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            className="suggestion"
            data-starts={one.kind === 'theater' && found[at - 1]?.kind === 'film' ? '' : undefined}
            // Keeps the focus in the field, so that the list is still there when the finger lifts.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(one)}
          >
            <bdi className="suggestion-name">{one.name}</bdi>
            <span className="small-print">
              {one.kind === 'theater' ? `${t('search.theater')}, ` : ''}
              <bdi>{one.note}</bdi>
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
