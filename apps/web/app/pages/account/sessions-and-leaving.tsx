import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { logOut } from '../../api/log-in.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { AccountPart } from './account-part.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { failureText } from './failure-text.ts'

export function SessionsAndLeaving() {
  const { t } = useTranslation('site')
  const [erasing, setErasing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  /** Says so when somebody would stay logged in without knowing. */
  async function leave(everywhere: boolean) {
    setBusy(true)
    setFailure(undefined)
    const ended = everywhere ? await send('POST', '/api/me/sessions/end') : undefined
    const last = !ended || ended.ok || ended.status === 401 ? await logOut() : ended
    setBusy(false)
    if (!last.ok && last.status !== 401) setFailure(failureText(last.problem, t))
  }

  return (
    <>
      <AccountPart title={t('account.sessions')}>
        <p className="text-quiet">{t('account.sessionsText')}</p>
        <FormError>{failure}</FormError>
        <div className="mt-4 flex flex-wrap gap-3">
          <Button busy={busy} onClick={() => leave(false)}>
            {t('account.logOut')}
          </Button>
          <Button busy={busy} onClick={() => leave(true)}>
            {t('account.logOutEverywhere')}
          </Button>
        </div>
      </AccountPart>
      <AccountPart title={t('account.leave')}>
        <p className="text-quiet">{t('account.eraseText')}</p>
        <Button look="bad" className="mt-3" onClick={() => setErasing(true)}>
          {t('account.erase')}
        </Button>
        <EraseDialog open={erasing} onClose={() => setErasing(false)} />
      </AccountPart>
    </>
  )
}
