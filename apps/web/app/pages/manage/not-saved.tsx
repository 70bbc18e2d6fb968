import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { ErrorState, FormError } from '../../ui/states.tsx'
import type { SharedFields } from './use-shared-fields.ts'

/** A field in words: what it is called, and what it says. */
export type FieldInWords = { label: string; text: string }
type Shown<Fields extends object> = {
  shared: SharedFields<Fields>
  inWords: (fields: Fields) => FieldInWords[]
  /** Theirs was taken: nothing stands against saving any more. */
  onTake: () => void
}

/** Why a form was not saved. What another owner saved while I was writing stands beside what I wrote there. */
export function NotSaved<Fields extends object>({
  failure,
  ...shown
}: Shown<Fields> & { failure: string | undefined }) {
  const { t } = useTranslation('manage')
  const { changed } = shown.shared
  const isTold = changed && failure === t('problem.changedMeanwhile')
  return (
    <>
      {changed ? <ChangedMeanwhile changed={changed} {...shown} /> : null}
      <FormError>{isTold ? undefined : failure}</FormError>
    </>
  )
}

type Changed<Fields extends object> = NonNullable<SharedFields<Fields>['changed']>

function ChangedMeanwhile<Fields extends object>({
  changed,
  shared,
  inWords,
  onTake,
}: Shown<Fields> & { changed: Changed<Fields> }) {
  const { t } = useTranslation('manage')
  const before = textsOf(inWords(changed.before))
  const written = textsOf(inWords(shared.fields))
  const theirs = inWords(changed.now).filter(({ label, text }) => before.get(label) !== text)
  const nothing = t('changed.nothing')
  const take = () => {
    onTake()
    shared.take()
  }
  return (
    <ErrorState title={t('changed.title')} actions={<Button onClick={take}>{t('changed.take')}</Button>}>
      <p>{t('changed.text')}</p>
      <dl className="mt-3 border-line border-t">
        {theirs.map(({ label, text }) => (
          <div key={label} className="border-line border-b py-2">
            <dt className="font-semibold">{label}</dt>
            <dd className="whitespace-pre-line break-words">
              {t('changed.now', { text: inLines(text) || nothing })}
              {written.get(label) === text ? null : (
                <span className="block text-quiet">
                  {t('changed.mine', { text: inLines(written.get(label)) || nothing })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </ErrorState>
  )
}

/** Several lines begin below what they are called. */
const inLines = (text = '') => (text.includes('\n') ? `\n${text}` : text)

const textsOf = (fields: FieldInWords[]) => new Map(fields.map(({ label, text }) => [label, text]))
