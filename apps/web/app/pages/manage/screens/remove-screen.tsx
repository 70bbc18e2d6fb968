import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import type { Problem } from '../../../api/types.ts'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, Screen } from '../manage-types.ts'
import { TwoStep } from '../two-step.tsx'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'

type Props = { theater: MyTheater; screen: Screen; onRemoved: () => void }

export function RemoveScreen({ theater, screen, onRemoved }: Props) {
  const { t } = useTranslation('manage')
  const textOf = useProblemText()
  const refresh = useRefresh()
  const [failure, setFailure] = useState<string>()

  async function remove() {
    const answer = await send('DELETE', `${apiPaths.screens(theater.id)}/${screen.id}`)
    if (!answer.ok) return setFailure(explain(answer.problem))
    onRemoved()
    await refresh()
  }
  const explain = (problem: Problem & { shows?: number }) =>
    problem.code === 'shows-planned' ? t('screens.showsPlanned', { count: problem.shows }) : textOf(problem)
  return (
    <section className="part" aria-labelledby="remove">
      <h2 id="remove">{t('screens.removeTitle')}</h2>
      <p className="mt-2 mb-4 max-w-prose text-quiet">{t('screens.removeText')}</p>
      <TwoStep
        ask={t('screens.remove')}
        question={t('screens.removeAsk', { name: screen.name })}
        confirm={t('screens.removeConfirm')}
        failure={failure}
        onConfirm={remove}
      />
    </section>
  )
}
