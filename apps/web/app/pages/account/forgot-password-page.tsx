import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { paths } from '../../util/path-builder.ts'
import { AccountShell } from './account-shell.tsx'
import { failureText } from './failure-text.ts'

export default function ForgotPasswordPage() {
  const { t } = useTranslation('site')
  const [failure, setFailure] = useState<string>()
  const [sentTo, setSentTo] = useState<string>()
  const { register, handleSubmit, formState } = useForm<{ email: string }>()

  const ask = handleSubmit(async ({ email }) => {
    setFailure(undefined)
    const answer = await send('POST', '/api/auth/password/forgot', { body: { email } })
    if (answer.ok) setSentTo(email)
    else setFailure(answer.status === 422 ? t('account.noEmail') : failureText(answer.problem, t))
  })

  if (sentTo) {
    return (
      <AccountShell title={t('account.forgot.sentTitle')}>
        <p role="status" className="text-lg">
          {t('account.forgot.sent', { email: sentTo })}
        </p>
        <ButtonLink className="mt-6" to={paths.login()}>
          {t('shell.logIn')}
        </ButtonLink>
      </AccountShell>
    )
  }
  return (
    <AccountShell title={t('account.forgot.title')} lead={t('account.forgot.text')}>
      <form onSubmit={ask} noValidate className="grid gap-5">
        <FormError>{failure}</FormError>
        <TextField
          label={t('account.email')}
          type="email"
          autoComplete="email"
          error={formState.errors.email?.message}
          {...register('email', { required: t('account.required') })}
        />
        <Button type="submit" look="main" busy={formState.isSubmitting}>
          {t('account.forgot.submit')}
        </Button>
      </form>
    </AccountShell>
  )
}
