import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { AccountShell } from './account-shell.tsx'
import { useMailedToken } from './mailed-token.ts'

export default function VerifyEmailPage() {
  const { t } = useTranslation('site')
  const token = useMailedToken()
  const [state, setState] = useState<'asking' | 'done' | 'failed'>('asking')
  useEffect(() => {
    if (token === null) setState('failed')
    if (!token) return
    void send('POST', '/api/auth/verify-email', { body: { token } }).then((answer) =>
      setState((known) => (known === 'done' || answer.ok ? 'done' : 'failed')),
    )
  }, [token])

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
