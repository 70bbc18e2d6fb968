import type { TFunction } from 'i18next'
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
    if (errors.length > 0)
      return [...new Set(errors.map((error) => ownText(t, error) ?? `${error.path}: ${error.message}`))].join(
        ' ',
      )
    return t(`problem.code.${problem.code}`, { defaultValue: problem.detail ?? site('error.unknown') })
  }
}

/** What the server found wrong with a field, if anything; `prices` also finds `prices.3.zone`. */
export function useFieldError() {
  const { t } = useTranslation('manage')
  return (problem: Problem | undefined, path: string): string | undefined => {
    const error = problem?.errors?.find((one) => one.path === path || one.path.startsWith(`${path}.`))
    return error && (ownText(t, error) ?? error.message)
  }
}

type FieldError = NonNullable<Problem['errors']>[number]

/** The house writes English; what is known about a field is said in the words of the page. */
const ownText = (t: TFunction<'manage'>, { path }: FieldError): string | undefined =>
  t(`problem.field.${path.split('.')[0]}`, { defaultValue: '' }) || undefined
