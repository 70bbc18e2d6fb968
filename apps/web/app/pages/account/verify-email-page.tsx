import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { AccountShell } from './account-shell.tsx'
import { useMailedToken } from './mailed-token.ts'

export default function VerifyEmailPage() {
  const { t } = useTranslation('site')
  const token = useMailedToken()
  const [state, setState] = useState<'asking' | 'done' | 'failed' | 'unanswered'>('asking')
  const verify = useCallback(async () => {
    if (!token) return
    setState((known) => (known === 'done' ? 'done' : 'asking'))
    const answer = await send('POST', '/api/auth/verify-email', { body: { token } })
    // A link is only called expired by those who know.
    const isTold = answer.status >= 400 && answer.status < 500 && answer.status !== 429
    setState((known) => (known === 'done' || answer.ok ? 'done' : isTold ? 'failed' : 'unanswered'))
  }, [token])
  useEffect(() => {
    if (token === null) setState('failed')
    void verify()
  }, [token, verify])

  if (state === 'unanswered') {
    return (
      <AccountShell title={t('account.verify.title')}>
        <ErrorState
          title={t('error.offline.title')}
          actions={<Button onClick={verify}>{t('error.again')}</Button>}
        >
          {t('error.offline.text')}
        </ErrorState>
      </AccountShell>
    )
  }

  if (state === 'failed') {
    return (
      <AccountShell title={t('account.verify.title')}>
        <ErrorState title={t('account.reset.expired')} />
      </AccountShell>
    )
  }
  const done = state === 'done'
  return (
    <AccountShell
      title={done ? t('account.verify.doneTitle') : t('account.verify.title')}
      lead={done ? t('account.verify.done') : undefined}
    >
      {done ? (
        <ButtonLink look="main" to={paths.programme()}>
          {t('error.toProgramme')}
        </ButtonLink>
      ) : null}
    </AccountShell>
  )
}
