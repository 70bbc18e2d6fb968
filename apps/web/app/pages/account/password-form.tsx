import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { failureText } from './failure-text.ts'

type Fields = { current: string; password: string }

export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('site')
  const [failure, setFailure] = useState<string>()
  const [changed, setChanged] = useState(false)
  const { register, handleSubmit, setError, reset, formState } = useForm<Fields>()
  const { errors, isSubmitting } = formState

  const change = handleSubmit(async (fields) => {
    setFailure(undefined)
    setChanged(false)
    const answer = await send('PUT', '/api/me/password', { body: fields })
    if (answer.ok) {
      reset()
      return setChanged(true)
    }
    if (answer.code === 'wrong-password')
      return setError('current', { message: t('account.wrongPassword') }, { shouldFocus: true })
    setFailure(failureText(answer.problem, t))
  })

  const required = t('account.required')
  return (
    <form onSubmit={change} noValidate className="grid gap-5">
      <FormError>{failure}</FormError>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label={t('account.currentPassword')}
        type="password"
        autoComplete="current-password"
        error={errors.current?.message}
        {...register('current', { required })}
      />
      <TextField
        label={t('account.newPassword')}
        hint={t('account.passwordHint')}
        type="password"
        autoComplete="new-password"
        error={errors.password?.message}
        {...register('password', { required, minLength: { value: 10, message: t('account.tooShort') } })}
      />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="main" busy={isSubmitting}>
          {t('account.change')}
        </Button>
        <span role="status" className="text-good">
          {changed ? t('account.changed') : ''}
        </span>
      </div>
    </form>
  )
}
