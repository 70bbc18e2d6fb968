import { useTranslation } from 'react-i18next'
import { ApiError } from '../../api/browser.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useProblemText } from './use-problem-text.ts'

/** Something could not be read: why, and once more. */
export function Failure({ error, onAgain }: { error: Error; onAgain: () => unknown }) {
  const { t } = useTranslation('manage')
  const { t: site } = useTranslation('site')
  const textOf = useProblemText()
  return (
    <ErrorState
      title={t('problem.notLoaded')}
      actions={<Button onClick={() => onAgain()}>{t('again')}</Button>}
    >
      {error instanceof ApiError ? textOf(error.problem) : site('error.unknown')}
    </ErrorState>
  )
}
