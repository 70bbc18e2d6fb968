import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Import } from '../../api/types.ts'
import { Button } from '../../ui/button.tsx'
import { SettleFilms } from './settle-films.tsx'
import './texts.ts'

type Props = { importId: string; count: number; onSettled: (now: Import) => void }

/** How many films are left out because somebody said so, in this file or an earlier one, and a way to say otherwise. */
export function LeftOut({ importId, count, onSettled }: Props) {
  const { t } = useTranslation('community')
  const [changing, setChanging] = useState(false)
  if (changing)
    return <SettleFilms importId={importId} state="left-out" count={count} onSettled={onSettled} />
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out">{t('settle.leftOut.title', { count })}</h2>
      <p className="mt-2 max-w-prose text-quiet">{t('settle.leftOut.text')}</p>
      <Button className="mt-4" onClick={() => setChanging(true)}>
        {t('settle.leftOut.change')}
      </Button>
    </section>
  )
}
