import { useTranslation } from 'react-i18next'

const openingSteps = ['house', 'hall', 'prices', 'show', 'sale'] as const
export type OpeningStep = (typeof openingSteps)[number]

/** Where in the opening one is: five words on a line. */
export function Steps({ at }: { at: OpeningStep }) {
  const { t } = useTranslation('manage')
  const current = openingSteps.indexOf(at)
  return (
    <ol className="steps" aria-label={t('opening.steps')}>
      {openingSteps.map((step, index) => (
        <li
          key={step}
          data-done={index < current || undefined}
          aria-current={step === at ? 'step' : undefined}
        >
          <span className="steps-number">{index < current ? '✓' : index + 1}</span>{' '}
          {t(`opening.step.${step}`)}
          {index < current ? <span className="sr-only">, {t('opening.done')}</span> : null}
        </li>
      ))}
    </ol>
  )
}
