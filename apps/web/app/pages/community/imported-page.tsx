import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ApiError, read } from '../../api/browser.ts'
import type { Import } from '../../api/types.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { ImportResult } from './import-result.tsx'
import { LeftOut } from './left-out.tsx'
import { Failure } from './list-states.tsx'
import { SettleFilms } from './settle-films.tsx'
import './texts.ts'
import { Yours } from './yours.tsx'

const runs = (one: Import | undefined) => one?.status === 'waiting' || one?.status === 'running'

export default function ImportedPage() {
  const { t } = useTranslation('community')
  const { importId = '' } = useParams()
  return (
    <Yours title={t('import.title')} path={paths.imported(importId)}>
      {() => <Imported importId={importId} />}
    </Yours>
  )
}

/** How far an import is, what it did, and which films it could not place. */
function Imported({ importId }: { importId: string }) {
  const { t, i18n } = useTranslation('community')
  const queries = useQueryClient()
  const queryKey = ['import', importId]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => read<Import>(`/api/me/imports/${importId}`, signal),
    refetchInterval: ({ state }) => (runs(state.data) ? 1000 : false),
  })
  if (error instanceof ApiError && (error.problem.status === 404 || error.problem.status === 422)) {
    return (
      <EmptyState
        title={t('import.missing')}
        actions={<ButtonLink to={paths.moveIn()}>{t('import.another')}</ButtonLink>}
      />
    )
  }
  if (error && !data) return <Failure error={error} onAgain={refetch} />
  if (!data) return <SkeletonRows label={t('loading')} />
  const number = (value: number) => value.toLocaleString(i18n.language)
  return (
    <div className="imported">
      <header>
        <h2>{t(`import.heading.${data.status}`)}</h2>
        <p className="mt-1 break-all text-quiet">{data.fileName}</p>
      </header>
      {data.status === 'failed' ? (
        <ErrorState
          title={t('import.failed')}
          actions={<ButtonLink to={paths.moveIn()}>{t('import.another')}</ButtonLink>}
        >
          {data.problem
            ? t(`import.problems.${data.problem.code}`, { defaultValue: data.problem.detail })
            : t('import.failedText')}
        </ErrorState>
      ) : null}
      {runs(data) ? (
        <div>
          <progress
            className="import-progress"
            max={Math.max(1, data.rows)}
            value={data.rows > 0 ? data.done : undefined}
            aria-label={t('import.progress')}
          />
          <p className="mt-2" role="status">
            {data.rows > 0
              ? t('import.rows', {
                  count: data.rows,
                  done: number(data.done),
                  rows: number(data.rows),
                })
              : t('import.reading')}
          </p>
          <p className="small-print">{t('import.mayLeave')}</p>
        </div>
      ) : null}
      {data.status === 'failed' ? null : <ImportResult of={data} />}
      {data.unmatchedFilms > 0 && !runs(data) ? (
        <SettleFilms
          importId={importId}
          state="doubtful"
          count={data.unmatchedFilms}
          onSettled={(now) => queries.setQueryData(queryKey, now)}
        />
      ) : null}
      {data.leftOutFilms > 0 && !runs(data) ? (
        <LeftOut
          importId={importId}
          count={data.leftOutFilms}
          onSettled={(now) => queries.setQueryData(queryKey, now)}
        />
      ) : null}
    </div>
  )
}
