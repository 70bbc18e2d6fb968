import { useTranslation } from 'react-i18next'

export type Way = 'best' | 'list' | 'map'
const ways: Way[] = ['best', 'list', 'map']

/** Three ways to the same seats; the quick and the readable one come first. */
export function Ways({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const { t } = useTranslation('booking')
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons, not a form's fields
    <div role="group" aria-label={t('ways.label')} className="ways">
      {ways.map((one) => (
        <button
          key={one}
          type="button"
          className="choice"
          aria-pressed={way === one}
          onClick={() => onWay(one)}
        >
          {t(`ways.${one}`)}
        </button>
      ))}
    </div>
  )
}
