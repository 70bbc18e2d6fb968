import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { FormError } from '../../../ui/states.tsx'
import type { MyTheater } from '../manage-types.ts'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'

/** The way back for theaters closed within the last day. */
export function Reopen({ theaters }: { theaters: MyTheater[] }) {
  const { t } = useTranslation('manage')
  const refresh = useRefresh()
  const announce = useAnnounce()
  const textOf = useProblemText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function reopen(wanted: MyTheater[]) {
    setBusy(true)
    const answers = await Promise.all(
      wanted.map((theater) => send('POST', `/api/theaters/${theater.id}/restore`)),
    )
    const failed = answers.find((answer) => !answer.ok)
    setFailure(failed && !failed.ok ? textOf(failed.problem) : undefined)
    await refresh()
    setBusy(false)
    if (!failed) announce(t('reopen.done', { count: wanted.length }))
  }

  return (
    <section className="mt-12" aria-labelledby="closed-theaters">
      <h2 id="closed-theaters">{t('reopen.title')}</h2>
      <p className="mt-2 max-w-prose text-quiet">{t('reopen.text')}</p>
      <FormError>{failure}</FormError>
      <ul className="mt-4 border-line border-t">
        {theaters.map((theater) => (
          <li
            key={theater.id}
            className="flex flex-wrap items-center justify-between gap-x-6 border-line border-b py-2"
          >
            <span>
              <bdi>{theater.name}</bdi>, <bdi className="text-quiet">{theater.city}</bdi>
            </span>
            <Button
              look="quiet"
              busy={busy}
              onClick={() => reopen([theater])}
              aria-label={t('reopen.one', { name: theater.name })}
            >
              {t('reopen.again')}
            </Button>
          </li>
        ))}
      </ul>
      {theaters.length > 1 ? (
        <Button className="mt-4" busy={busy} onClick={() => reopen(theaters)}>
          {t('reopen.all')}
        </Button>
      ) : null}
    </section>
  )
}
