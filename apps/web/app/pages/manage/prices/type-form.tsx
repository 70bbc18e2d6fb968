import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { CheckField } from '../../../ui/check-field.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, TicketType } from '../manage-types.ts'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { keyFor } from './key-for.ts'

type Props = { theater: MyTheater; types: TicketType[]; type?: TicketType; onDone: () => void }
const channels = ['online', 'counter'] as const

/** A ticket's name, what is shown at the door for it, and where it is sold. */
export function TypeForm({ theater, types, type, onDone }: Props) {
  const { t } = useTranslation('manage')
  const announce = useAnnounce()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [name, setName] = useState(type?.name ?? '')
  const [proof, setProof] = useState(type?.proof ?? '')
  const [sold, setSold] = useState<string[]>(type?.channels ?? [...channels])
  const [requires, setRequires] = useState(type?.requires ?? [])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (sold.length === 0) return setFailure(t('types.noChannel'))
    setBusy(true)
    const key =
      type?.key ??
      keyFor(
        name,
        types.map((one) => one.key),
      )
    const answer = await send('POST', apiPaths.types(theater.id), {
      body: { key, name, proof: proof.trim() || null, channels: sold, requires },
    })
    setBusy(false)
    if (!answer.ok) return setFailure(textOf(answer.problem))
    await refresh()
    announce(t('saved'))
    onDone()
  }
  const toggle = (list: string[], value: string, on: boolean) =>
    on ? [...list, value] : list.filter((one) => one !== value)
  const others = types.filter((one) => one.key !== type?.key)
  return (
    <form onSubmit={save} className="grid max-w-3xl gap-5">
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <TextField
          label={t('types.name')}
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('types.proof')}
          hint={t('types.proofHint')}
          maxLength={120}
          value={proof}
          onChange={(event) => setProof(event.target.value)}
        />
      </div>
      <fieldset>
        <legend className="label-print">{t('types.where')}</legend>
        <div className="flex flex-wrap gap-x-8">
          {channels.map((channel) => (
            <CheckField
              key={channel}
              label={t(`types.channel.${channel}`)}
              checked={sold.includes(channel)}
              onChange={(event) => setSold(toggle(sold, channel, event.target.checked))}
            />
          ))}
        </div>
      </fieldset>
      {others.length > 0 ? (
        <fieldset>
          <legend className="label-print">{t('types.requires')}</legend>
          <div className="flex flex-wrap gap-x-8">
            {others.map((one) => (
              <CheckField
                key={one.key}
                label={one.name}
                checked={requires.includes(one.key)}
                onChange={(event) => setRequires(toggle(requires, one.key, event.target.checked))}
              />
            ))}
          </div>
        </fieldset>
      ) : null}
      <FormError>{failure}</FormError>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="main" busy={busy}>
          {t('save')}
        </Button>
        <Button onClick={onDone}>{t('never')}</Button>
      </div>
    </form>
  )
}
