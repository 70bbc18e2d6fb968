import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** A field in words: what it is called, and what it says. */
export type FieldInWords = { label: string; text: string }
type Props<Fields> = {
  changed: { before: Fields; now: Fields }
  mine: Fields
  inWords: (fields: Fields) => FieldInWords[]
  onTake: () => void
}

/** What another owner saved while I was writing, beside what I wrote there. */
export function ChangedMeanwhile<Fields>({ changed, mine, inWords, onTake }: Props<Fields>) {
  const { t } = useTranslation('manage')
  const before = textsOf(inWords(changed.before))
  const written = textsOf(inWords(mine))
  const theirs = inWords(changed.now).filter(({ label, text }) => before.get(label) !== text)
  const nothing = t('changed.nothing')
  return (
    <ErrorState title={t('changed.title')} actions={<Button onClick={onTake}>{t('changed.take')}</Button>}>
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
