import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { Failure } from '../failure.tsx'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Layout } from '../manage-types.ts'
import { OwnersOnly } from '../owners-only.tsx'
import { useApi } from '../use-api.ts'
import { useTheater } from '../use-theater.ts'
import { exampleRows } from './example-rows.ts'
import { RemoveScreen } from './remove-screen.tsx'
import { rowsOfLayout } from './rows-of-layout.ts'
import { ScreenForm } from './screen-form.tsx'

/** A new screen, or one that is there. */
export default function ScreenPage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const navigate = useNavigate()
  const { screenId } = useParams()
  const screen = theater.screens.find((one) => one.id === screenId)
  const layout = useApi<Layout>(screen ? apiPaths.layout(screen.layoutId) : undefined)
  const title = screen?.name ?? t('screens.new')
  const back = () => navigate(managePaths.screens(theater.id))
  return (
    <OwnersOnly>
      <div className="pt-6">
        <title>{`${title}, ${theater.name} · Marquee`}</title>
        <h1 className="manage-title mb-8">{title}</h1>
        {screenId === 'new' ? (
          <ScreenForm
            theater={theater}
            start={{ name: nextName(theater.screens.length, t('screens.word')), rows: exampleRows }}
            onSaved={back}
          />
        ) : !screen ? (
          <EmptyState title={t('problem.gone')} />
        ) : layout.error ? (
          <Failure error={layout.error} onAgain={layout.refetch} />
        ) : layout.data ? (
          <>
            <ScreenForm
              key={screen.layoutId}
              theater={theater}
              screen={screen}
              start={{ name: screen.name, rows: rowsOfLayout(layout.data) }}
            />
            <RemoveScreen theater={theater} screen={screen} onRemoved={back} />
          </>
        ) : (
          <SkeletonRows rows={3} label={t('loading')} />
        )}
      </div>
    </OwnersOnly>
  )
}

const nextName = (count: number, word: string) => `${word} ${count + 1}`
