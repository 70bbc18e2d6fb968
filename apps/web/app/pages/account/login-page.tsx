import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { send } from '../../api/browser.ts'
import type { Me, Problem } from '../../api/types.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { paths } from '../../util/path-builder.ts'
import { keepPreference } from '../../util/set-preference.ts'
import { AccountShell } from './account-shell.tsx'
import { failureText, safeNext } from './failure-text.ts'

type Fields = { email: string; password: string; code?: string }

export default function LoginPage() {
  const { t } = useTranslation('site')
  const [search] = useSearchParams()
  const [failure, setFailure] = useState<string>()
  const [asksCode, setAsksCode] = useState(false)
  const { register, handleSubmit, formState } = useForm<Fields>()
  const { errors, isSubmitting } = formState

  const logIn = handleSubmit(async (fields) => {
    setFailure(undefined)
    const answer = await send<{ user: Pick<Me, 'preferences'> }>('POST', '/api/auth/login', {
      body: { ...fields, code: fields.code || undefined },
    })
    if (answer.ok) {
      // The account's light comes along; its language does not, the browser knows that better.
      const { theme } = answer.value.user.preferences
      if (theme !== 'system') keepPreference('theme', theme)
      return window.location.assign(safeNext(search.get('next')))
    }
    if (answer.code === 'second-factor-needed') return setAsksCode(true)
    setFailure(explain(answer.problem))
  })

  function explain(problem: Problem & { retryAfterSeconds?: number }): string {
    if (problem.code === 'invalid-credentials') return t('account.login.wrong')
    if (problem.code === 'locked-out')
      return t('account.login.locked', { count: Math.ceil((problem.retryAfterSeconds ?? 60) / 60) })
    return failureText(problem, t)
  }

  const required = t('account.required')
  return (
    <AccountShell title={t('account.login.title')} lead={t('account.login.guest')}>
      <form onSubmit={logIn} noValidate className="grid gap-5">
        <FormError>{failure}</FormError>
        <TextField
          label={t('account.email')}
          type="email"
          autoComplete="username"
          error={errors.email?.message}
          {...register('email', { required })}
        />
        <TextField
          label={t('account.password')}
          type="password"
          autoComplete="current-password"
          error={errors.password?.message}
          {...register('password', { required })}
        />
        {asksCode ? (
          <TextField
            label={t('account.login.code')}
            hint={t('account.login.codeNeeded')}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            {...register('code')}
          />
        ) : null}
        <Button type="submit" look="main" busy={isSubmitting}>
          {t('account.login.submit')}
        </Button>
      </form>
      <p className="mt-6 flex flex-wrap gap-x-6">
        <Link className="choice underline" to={paths.forgotPassword()}>
          {t('account.login.forgot')}
        </Link>
        <span className="choice gap-1.5">
          {t('account.login.noAccount')}{' '}
          <Link className="choice underline" to={paths.register({ next: search.get('next') ?? undefined })}>
            {t('account.login.register')}
          </Link>
        </span>
      </p>
    </AccountShell>
  )
}
