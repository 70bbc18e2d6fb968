import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/types.ts'

/** A refusal in words, for a form that knows no better. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation('manage')
  const { t: site } = useTranslation('site')
  return (problem) => {
    if (problem.code === 'unreachable') return site('error.unreachable')
    if (problem.status === 429) return site('error.limited')
    if (problem.status === 401) return t('problem.loggedOut')
    if (problem.status === 403) return t('problem.notYours')
    if (problem.status === 412) return t('problem.changedMeanwhile')
    if (problem.status === 404) return t('problem.gone')
    const errors = problem.errors ?? []
    if (errors.length > 0) return errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
    return problem.detail ?? site('error.unknown')
  }
}

/** What the server found wrong with a field, if anything; `prices` also finds `prices.3.zone`. */
export const fieldError = (problem: Problem | undefined, path: string): string | undefined =>
  problem?.errors?.find((error) => error.path === path || error.path.startsWith(`${path}.`))?.message
