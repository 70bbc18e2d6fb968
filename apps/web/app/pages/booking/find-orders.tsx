import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** Mails the links to somebody's orders; says the same whether there are any or not. */
export function FindOrders() {
  const { t } = useTranslation('booking')
  const [state, setState] = useState<'asking' | 'busy' | 'failed' | { sentTo: string }>('asking')

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email') ?? '')
    setState('busy')
    const answer = await send('POST', '/api/orders/find', { body: { email } })
    setState(answer.ok ? { sentTo: email } : 'failed')
  }
  return (
    <section className="mt-12 max-w-md border-line border-t pt-6">
      <h2>{t('find.title')}</h2>
      <div role="status">
        {typeof state === 'object' ? <p className="mt-3">{t('find.sent', { email: state.sentTo })}</p> : null}
      </div>
      {typeof state === 'object' ? null : (
        <form onSubmit={submit} className="mt-4 grid gap-4">
          <TextField
            name="email"
            type="email"
            autoComplete="email"
            required
            label={t('choice.email')}
            hint={t('find.hint')}
          />
          <FormError>{state === 'failed' ? t('find.failed') : undefined}</FormError>
          <Button type="submit" busy={state === 'busy'} className="justify-self-start">
            {t('find.submit')}
          </Button>
        </form>
      )}
    </section>
  )
}
