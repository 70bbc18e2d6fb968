import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import type { Me } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { failureText } from './failure-text.ts'

export function ProfileForm({ me }: { me: Me }) {
  const { t } = useTranslation('site')
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [failure, setFailure] = useState<string>()
  const [saved, setSaved] = useState(false)
  const { register, handleSubmit, setError, formState } = useForm({
    defaultValues: { name: me.name, handle: me.handle },
  })
  const { errors, isSubmitting } = formState

  const save = handleSubmit(async (fields) => {
    setFailure(undefined)
    setSaved(false)
    const answer = await send<Me>('PATCH', '/api/me', { body: fields })
    if (answer.ok) {
      queries.setQueryData(['me'], answer.value)
      setSaved(true)
      return announce(t('account.saved'))
    }
    if (answer.code === 'handle-taken')
      return setError('handle', { message: t('account.handleTaken') }, { shouldFocus: true })
    if (answer.problem.errors?.some(({ path }) => path === 'handle'))
      return setError('handle', { message: t('account.handleHint') }, { shouldFocus: true })
    setFailure(failureText(answer.problem, t))
  })

  return (
    <form onSubmit={save} noValidate className="grid gap-5">
      <FormError>{failure}</FormError>
      <TextField
        label={t('account.name')}
        autoComplete="name"
        maxLength={80}
        error={errors.name?.message}
        {...register('name', { required: t('account.required') })}
      />
      <TextField
        label={t('account.handle')}
        hint={t('account.handleHint')}
        maxLength={30}
        error={errors.handle?.message}
        {...register('handle', { required: t('account.required') })}
      />
      <TextField label={t('account.email')} value={me.email} readOnly disabled />
      <div className="flex items-center gap-4">
        <Button type="submit" look="main" busy={isSubmitting}>
          {t('account.save')}
        </Button>
        {saved ? <span className="text-good">{t('account.saved')}</span> : null}
      </div>
    </form>
  )
}
