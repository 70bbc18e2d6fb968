import { useTranslation } from 'react-i18next'
import { useRouteLoaderData } from 'react-router'
import { send } from '../../api/browser.ts'
import type { loader } from '../../root.tsx'
import { Select } from '../../ui/select.tsx'
import { setPreference } from '../../util/set-preference.ts'

/** Kept with the account, so that the next device knows, and in a cookie, so that the first page is right already. */
export function AppearanceForm() {
  const { t, i18n } = useTranslation('site')
  const root = useRouteLoaderData<typeof loader>('root')

  async function choose(name: 'theme' | 'language', value: string) {
    await send('PATCH', '/api/me', {
      body: { preferences: { [name]: value === 'device' ? 'system' : value } },
    })
    setPreference(name, value)
  }

  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Select
        label={t('shell.light')}
        value={root?.theme ?? 'device'}
        onChange={(event) => choose('theme', event.target.value)}
        options={['device', 'dark', 'light'].map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
      <Select
        label={t('shell.language')}
        value={i18n.language}
        onChange={(event) => choose('language', event.target.value)}
        options={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
    </div>
  )
}
