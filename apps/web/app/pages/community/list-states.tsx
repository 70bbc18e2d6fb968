import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../api/browser.ts'
import { Button } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { failureText } from '../account/failure-text.ts'

type List = {
  items: unknown[] | undefined
  error: Error | null
  hasMore: boolean
  busy: boolean
  more: () => unknown
  again: () => unknown
}

/** A list in each of its states: coming, failed, empty, there, with more to ask for. */
export function ListStates({ list, empty, children }: { list: List; empty: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  if (list.error && !list.items) return <Failure error={list.error} onAgain={list.again} />
  if (!list.items) return <SkeletonRows label={t('loading')} />
  if (list.items.length === 0) return empty
  return (
    <>
      {children}
      {list.error ? (
        <p role="alert" className="pt-4 text-bad">
          {reasonOf(list.error, site)}
        </p>
      ) : null}
      {list.hasMore ? (
        <Button className="mt-6" busy={list.busy} onClick={() => list.more()}>
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}

export const reasonOf = (error: Error, t: TFunction) =>
  error instanceof ApiError ? failureText(error.problem, t) : t('error.unknown')

export function Failure({ error, onAgain }: { error: Error; onAgain: () => unknown }) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  return (
    <ErrorState title={t('failed')} actions={<Button onClick={() => onAgain()}>{t('again')}</Button>}>
      {reasonOf(error, site)}
    </ErrorState>
  )
}
