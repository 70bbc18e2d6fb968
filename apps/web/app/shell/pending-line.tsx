import { useTranslation } from 'react-i18next'
import { useNavigation } from 'react-router'

/** A hairline along the top while the next page is on its way; it waits a moment, so that quick pages never flash it. */
export function PendingLine() {
  const { t } = useTranslation('site')
  const busy = useNavigation().state !== 'idle'
  return (
    <div role="status" className="pending-line" data-busy={busy || undefined}>
      <span className="sr-only">{busy ? t('shell.loading') : ''}</span>
    </div>
  )
}
