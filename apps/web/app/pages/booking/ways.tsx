import { useTranslation } from 'react-i18next'

export type Way = 'best' | 'list' | 'map'
const ways: Way[] = ['best', 'list', 'map']

type Props = {
  way: Way
  /** An order is changed seat by seat: the house finds the best ones only for a new one. */
  isChange: boolean
  onWay: (way: Way) => void
}

/** Three ways to the same seats; the quick and the readable one come first. */
export function Ways({ way, isChange, onWay }: Props) {
  const { t } = useTranslation('booking')
  const offered = isChange ? ways.filter((one) => one !== 'best') : ways
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons, not a form's fields
    <div role="group" aria-label={t('ways.label')} className="ways">
      {offered.map((one) => (
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
