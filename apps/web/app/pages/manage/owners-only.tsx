import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/states.tsx'
import { useTheater } from './use-theater.ts'

/** A page that changes the house: staff may look at the programme, not in here. */
export function OwnersOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  if (theater.role === 'owner') return children
  return (
    <div className="pt-6">
      <h1 className="manage-title mb-8">
        <bdi>{theater.name}</bdi>
      </h1>
      <EmptyState title={t('owners.title')}>{t('owners.text')}</EmptyState>
    </div>
  )
}
