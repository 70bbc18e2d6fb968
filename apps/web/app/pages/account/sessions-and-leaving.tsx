import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { logOut } from '../../api/log-in.ts'
import { Button } from '../../ui/button.tsx'
import { AccountPart } from './account-part.tsx'
import { EraseDialog } from './erase-dialog.tsx'

export function SessionsAndLeaving() {
  const { t } = useTranslation('site')
  const [erasing, setErasing] = useState(false)

  async function logOutEverywhere() {
    await send('POST', '/api/me/sessions/end')
    await logOut()
  }

  return (
    <>
      <AccountPart title={t('account.sessions')}>
        <p className="text-quiet">{t('account.sessionsText')}</p>
        <div className="mt-4 flex flex-wrap gap-3">
          <Button onClick={logOut}>{t('account.logOut')}</Button>
          <Button onClick={logOutEverywhere}>{t('account.logOutEverywhere')}</Button>
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
