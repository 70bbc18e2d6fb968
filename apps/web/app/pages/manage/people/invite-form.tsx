import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater } from '../manage-types.ts'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'

/** Somebody with an account gets a role by their address. */
export function InviteForm({ theater }: { theater: MyTheater }) {
  const { t } = useTranslation('manage')
  const announce = useAnnounce()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('staff')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function invite(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const answer = await send('POST', apiPaths.people(theater.id), { body: { email: email.trim(), role } })
    setBusy(false)
    if (!answer.ok) {
      const unknown = answer.problem.errors?.some((error) => error.path === 'email')
      if (answer.code === 'last-owner') return setFailure(t('people.lastOwner'))
      return setFailure(unknown ? t('people.noAccount') : textOf(answer.problem))
    }
    setFailure(undefined)
    setEmail('')
    announce(t('people.invited', { email }))
    await refresh()
  }
  return (
    <section className="part" aria-labelledby="invite">
      <h2 id="invite">{t('people.invite')}</h2>
      <form onSubmit={invite} className="invite mt-4">
        <TextField
          label={t('people.email')}
          type="email"
          required
          autoComplete="off"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={failure}
        />
        <Select
          label={t('people.role')}
          value={role}
          onChange={(event) => setRole(event.target.value)}
          options={[
            { value: 'staff', label: t('people.staffMay') },
            { value: 'owner', label: t('people.ownerMay') },
          ]}
        />
        <Button type="submit" look="main" busy={busy} className="self-start">
          {t('people.submit')}
        </Button>
      </form>
    </section>
  )
}
