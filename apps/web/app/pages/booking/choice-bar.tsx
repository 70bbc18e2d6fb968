import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'

/** On a phone the choice stays in sight at the bottom and leads to the bill. */
export function ChoiceBar({ count, total }: { count: number; total: string }) {
  const { t } = useTranslation('booking')
  function goOn() {
    const panel = document.getElementById('choice')
    panel?.scrollIntoView({ block: 'start' })
    panel?.focus({ preventScroll: true })
  }
  return (
    <div className="choice-bar">
      <span>
        {t('choice.count', { count })}
        <strong className="ms-3">{total}</strong>
      </span>
      <Button look="main" onClick={goOn}>
        {t('choice.goOn')}
      </Button>
    </div>
  )
}
