import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { send } from '../../api/browser.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { paths } from '../../util/path-builder.ts'
import { AccountShell } from './account-shell.tsx'
import { failureText, safeNext } from './failure-text.ts'

type Fields = { name: string; email: string; password: string }

export default function RegisterPage() {
  const { t } = useTranslation('site')
  const [search] = useSearchParams()
  const [failure, setFailure] = useState<string>()
  const { register, handleSubmit, setError, formState } = useForm<Fields>()
  const { errors, isSubmitting } = formState

  const open = handleSubmit(async (fields) => {
    setFailure(undefined)
    const answer = await send('POST', '/api/auth/register', { body: fields })
    if (answer.ok) return window.location.assign(safeNext(search.get('next')))
    if (answer.code === 'email-taken')
      return setError('email', { message: t('account.register.taken') }, { shouldFocus: true })
    const wrong = answer.problem.errors?.map(({ path }) => path) ?? []
    if (wrong.includes('email'))
      return setError('email', { message: t('account.noEmail') }, { shouldFocus: true })
    setFailure(failureText(answer.problem, t))
  })

  const required = t('account.required')
  return (
    <AccountShell title={t('account.register.title')} lead={t('account.login.guest')}>
      <form onSubmit={open} noValidate className="grid gap-5">
        <FormError>{failure}</FormError>
        <TextField
          label={t('account.name')}
          hint={t('account.nameHint')}
          autoComplete="name"
          maxLength={80}
          error={errors.name?.message}
          {...register('name', { required })}
        />
        <TextField
          label={t('account.email')}
          type="email"
          autoComplete="email"
          error={errors.email?.message}
          {...register('email', { required })}
        />
        <TextField
          label={t('account.password')}
          hint={t('account.passwordHint')}
          type="password"
          autoComplete="new-password"
          error={errors.password?.message}
          {...register('password', { required, minLength: { value: 10, message: t('account.tooShort') } })}
        />
        <Button type="submit" look="main" busy={isSubmitting}>
          {t('account.register.submit')}
        </Button>
      </form>
      <p className="choice mt-6 gap-1.5">
        {t('account.register.already')}{' '}
        <Link to={paths.login({ next: search.get('next') ?? undefined })}>{t('account.register.logIn')}</Link>
      </p>
    </AccountShell>
  )
}
