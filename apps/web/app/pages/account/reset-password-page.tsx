import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ErrorState, FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { paths } from '../../util/path-builder.ts'
import { AccountShell } from './account-shell.tsx'
import { failureText } from './failure-text.ts'
import { useMailedToken } from './mailed-token.ts'

export default function ResetPasswordPage() {
  const { t } = useTranslation('site')
  const token = useMailedToken()
  const [failure, setFailure] = useState<string>()
  const [state, setState] = useState<'asking' | 'done' | 'expired'>('asking')
  const { register, handleSubmit, formState } = useForm<{ password: string }>()

  const keep = handleSubmit(async ({ password }) => {
    setFailure(undefined)
    const answer = await send('POST', '/api/auth/password/reset', { body: { token, password } })
    if (answer.ok) setState('done')
    else if (answer.code === 'link-expired') setState('expired')
    else setFailure(failureText(answer.problem, t))
  })

  if (state === 'done') {
    return (
      <AccountShell title={t('account.reset.doneTitle')} lead={t('account.reset.done')}>
        <ButtonLink look="main" to={paths.login()}>
          {t('shell.logIn')}
        </ButtonLink>
      </AccountShell>
    )
  }
  return (
    <AccountShell title={t('account.reset.title')}>
      {state === 'expired' || token === null ? (
        <ErrorState
          title={state === 'expired' ? t('account.reset.expired') : t('account.reset.missing')}
          actions={<ButtonLink to={paths.forgotPassword()}>{t('account.reset.again')}</ButtonLink>}
        />
      ) : (
        <form onSubmit={keep} noValidate className="grid gap-5">
          <FormError>{failure}</FormError>
          <TextField
            label={t('account.newPassword')}
            hint={t('account.passwordHint')}
            type="password"
            autoComplete="new-password"
            error={formState.errors.password?.message}
            {...register('password', {
              required: t('account.required'),
              minLength: { value: 10, message: t('account.tooShort') },
            })}
          />
          <Button type="submit" look="main" busy={formState.isSubmitting}>
            {t('account.reset.submit')}
          </Button>
        </form>
      )}
    </AccountShell>
  )
}
