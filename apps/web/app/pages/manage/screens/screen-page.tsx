import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { Failure } from '../failure.tsx'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Layout, MyTheater, Screen } from '../manage-types.ts'
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
        ) : (
          <ScreenThere key={screen.id} theater={theater} screen={screen} onRemoved={back} />
        )}
      </div>
    </OwnersOnly>
  )
}

type Props = { theater: MyTheater; screen: Screen; onRemoved: () => void }

/** The form stays while another layout of the same screen is read: somebody is writing in it. */
function ScreenThere({ theater, screen, onRemoved }: Props) {
  const { t } = useTranslation('manage')
  const layout = useApi<Layout>(apiPaths.layout(screen.layoutId))
  const [shown, setShown] = useState<{ screen: Screen; rows: string }>()
  if (layout.data && shown?.screen !== screen) setShown({ screen, rows: rowsOfLayout(layout.data) })
  if (!shown)
    return layout.error ? (
      <Failure error={layout.error} onAgain={layout.refetch} />
    ) : (
      <SkeletonRows rows={3} label={t('loading')} />
    )
  return (
    <>
      <ScreenForm
        theater={theater}
        screen={shown.screen}
        start={{ name: shown.screen.name, rows: shown.rows }}
      />
      <RemoveScreen theater={theater} screen={screen} onRemoved={onRemoved} />
    </>
  )
}

const nextName = (count: number, word: string) => `${word} ${count + 1}`
