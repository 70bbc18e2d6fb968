import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { becomeDemoPerson, type DemoPerson, demoPeople } from '../api/demo-people.ts'
import { logOut } from '../api/log-in.ts'
import { useMe } from '../api/me.ts'

/** One click to be somebody, no password typed; only where the demo accounts exist. */
export function DemoRibbon() {
  const { t } = useTranslation('site')
  const me = useMe()
  const [failed, setFailed] = useState(false)

  async function become(person: DemoPerson) {
    setFailed(!(await becomeDemoPerson(person)).ok)
  }

  async function beNobody() {
    setFailed(!(await logOut()).ok)
  }

  const be = (person: DemoPerson) => (
    <button
      type="button"
      className="ribbon-button"
      aria-pressed={me?.email === demoPeople[person]}
      onClick={() => become(person)}
    />
  )
  return (
    <aside aria-label={t('demo.label')} className="ribbon">
      <p className="page flex items-center gap-x-4 overflow-x-auto whitespace-nowrap [scrollbar-width:none]">
        <span>
          <Trans
            i18nKey="demo.be"
            ns="site"
            components={{ alice: be('alice'), usher: be('usher'), owner: be('owner') }}
          />
        </span>
        {me ? (
          <button type="button" className="ribbon-button ms-auto" onClick={beNobody}>
            {t('demo.nobody')}
          </button>
        ) : null}
        {failed ? <span role="alert">{t('demo.failed')}</span> : null}
      </p>
    </aside>
  )
}
