import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { logOut } from '../../api/log-in.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { failureText } from './failure-text.ts'

/** Asks for the password again: this cannot be undone. */
export function EraseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('site')
  const [failure, setFailure] = useState<string>()
  const { register, handleSubmit, setError, formState } = useForm<{ password: string }>()

  const erase = handleSubmit(async ({ password }) => {
    setFailure(undefined)
    const answer = await send('DELETE', '/api/me', { body: { password } })
    if (answer.ok) {
      await logOut()
      return window.location.assign('/')
    }
    if (answer.code === 'wrong-password')
      return setError('password', { message: t('account.wrongPassword') }, { shouldFocus: true })
    setFailure(failureText(answer.problem, t))
  })

  return (
    <Dialog open={open} onClose={onClose} mustDecide title={t('account.eraseAsk')}>
      <form onSubmit={erase} noValidate className="grid gap-5">
        <p>{t('account.eraseText')}</p>
        <FormError>{failure}</FormError>
        <TextField
          label={t('account.currentPassword')}
          type="password"
          autoComplete="current-password"
          error={formState.errors.password?.message}
          {...register('password', { required: t('account.required') })}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="bad" busy={formState.isSubmitting}>
            {t('account.eraseConfirm')}
          </Button>
          <Button onClick={onClose}>{t('account.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
