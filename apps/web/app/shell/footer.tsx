import { useTranslation } from 'react-i18next'
import { Link, useRouteLoaderData } from 'react-router'
import { paths } from '../util/path-builder.ts'
import { setPreference } from '../util/set-preference.ts'

export function Footer() {
  const { t, i18n } = useTranslation('site')
  const theme = useRouteLoaderData('root')?.theme ?? 'device'
  return (
    <footer className="mt-24 border-line border-t">
      <div className="page flex flex-wrap items-center gap-x-8 gap-y-2 py-6">
        <p className="small-print basis-full md:basis-auto">{t('shell.about')}</p>
        <ul className="flex gap-6 text-sm">
          <li>
            <Link className="choice" to={paths.door()}>
              {t('shell.door')}
            </Link>
          </li>
          <li>
            <Link className="choice" to={paths.manage()}>
              {t('shell.manage')}
            </Link>
          </li>
          <li>
            <a className="choice" href="/api/docs">
              {t('shell.api')}
            </a>
          </li>
        </ul>
        <div className="flex flex-wrap gap-x-6 gap-y-2 text-sm md:ms-auto">
          <label className="flex min-h-11 items-center gap-2">
            <span className="text-quiet">{t('shell.light')}</span>
            <select
              className="bg-transparent py-2 text-ink [&>option]:bg-ground"
              value={theme}
              onChange={(event) => setPreference('theme', event.target.value)}
            >
              <option value="device">{t('theme.device')}</option>
              <option value="dark">{t('theme.dark')}</option>
              <option value="light">{t('theme.light')}</option>
            </select>
          </label>
          <label className="flex min-h-11 items-center gap-2">
            <span className="text-quiet">{t('shell.language')}</span>
            <select
              className="bg-transparent py-2 text-ink [&>option]:bg-ground"
              value={i18n.language}
              onChange={(event) => setPreference('language', event.target.value)}
            >
              <option value="en">English</option>
              <option value="de">Deutsch</option>
            </select>
          </label>
        </div>
      </div>
    </footer>
  )
}
