import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { FormError } from '../../../ui/states.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater } from '../manage-types.ts'
import { TwoStep } from '../two-step.tsx'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { Reopen } from './reopen.tsx'

/** The new house takes the stage: the demo's theaters leave it, and may come back within a day. */
export function CloseOthers({ theaters }: { theaters: MyTheater[] }) {
  const { t } = useTranslation('manage')
  const announce = useAnnounce()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [failure, setFailure] = useState<string>()
  const open = theaters.filter((theater) => !theater.closed)
  const closed = theaters.filter((theater) => theater.closed)

  async function close() {
    const answers = await Promise.all(
      open.map((theater) => send('DELETE', `${apiPaths.theater(theater.id)}?cancelShows=true`)),
    )
    const failed = answers.find((answer) => !answer.ok)
    setFailure(failed && !failed.ok ? textOf(failed.problem) : undefined)
    await refresh()
    if (!failed) announce(t('closeDemo.done'))
  }
  return (
    <>
      {open.length > 0 ? (
        <section className="part" aria-labelledby="close-demo">
          <h2 id="close-demo">{t('closeDemo.title')}</h2>
          <p className="mt-2 mb-4 max-w-prose text-quiet">
            {t('closeDemo.text', { names: open.map((theater) => theater.name).join(', ') })}
          </p>
          <TwoStep
            ask={t('closeDemo.close', { count: open.length })}
            question={t('closeDemo.ask')}
            confirm={t('closeDemo.confirm', { count: open.length })}
            onConfirm={close}
          />
        </section>
      ) : null}
      <FormError>{failure}</FormError>
      {closed.length > 0 ? <Reopen theaters={closed} /> : null}
    </>
  )
}
