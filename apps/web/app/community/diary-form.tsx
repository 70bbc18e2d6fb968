import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/browser.ts'
import { useMe } from '../api/me.ts'
import { sendOnce } from '../api/send-once.ts'
import type { DiaryEntry, Visibility } from '../api/types.ts'
import { failureText } from '../pages/account/failure-text.ts'
import { useAnnounce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { CheckField } from '../ui/check-field.tsx'
import { Select } from '../ui/select.tsx'
import { FormError } from '../ui/states.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import { useDraft } from '../util/use-draft.ts'
import { StarInput } from './star-input.tsx'
import './texts.ts'

const visibilities: Visibility[] = ['public', 'followers', 'private']

type Props = {
  movieId: string
  /** The viewing to change; none to write one down. */
  entry?: DiaryEntry
  /** Stars to begin with. */
  stars?: number | null
  onDone: (entry?: DiaryEntry) => void
}

/** One viewing of a film: when, how it was, and who may know. */
export function DiaryForm({ movieId, entry: given, stars = null, onDone }: Props) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const announce = useAnnounce()
  const me = useMe()
  // As it was when the form was opened: what comes in meanwhile is neither undone nor taken for read.
  const [entry] = useState(given)
  const today = new Date().toLocaleDateString('en-CA')
  const about = entry ? `${entry.id}:${entry.version}` : movieId
  const { fields, set, done } = useDraft(`diary:${me?.id}:${about}`, {
    watchedOn: entry ? (entry.watchedOn ?? '') : today,
    stars: entry ? entry.stars : stars,
    rewatch: entry?.rewatch ?? false,
    liked: entry?.liked ?? false,
    tags: entry?.tags.join(', ') ?? '',
    note: entry?.note ?? '',
    visibility: entry?.visibility ?? ('public' as Visibility),
  })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function keep() {
    setBusy(true)
    setFailure(undefined)
    const viewing = { ...fields, watchedOn: fields.watchedOn || null, tags: tagsOf(fields.tags) }
    const answer = entry
      ? await send<DiaryEntry>('PATCH', `/api/diary/${entry.id}`, {
          body: changesOf<typeof viewing>(viewing, entry),
          headers: { 'if-match': `"${entry.version}"` },
        })
      : await sendOnce<DiaryEntry>(`diary:${movieId}`, '/api/diary', { ...viewing, movieId })
    setBusy(false)
    if (!answer.ok)
      return setFailure(answer.status === 412 ? t('changedMeanwhile') : failureText(answer.problem, site))
    done()
    announce(t('seen.kept'))
    onDone(answer.value)
  }

  return (
    <form
      className="diary-form"
      aria-label={t('seen.title')}
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t('seen.on')}
          type="date"
          max={today}
          autoFocus
          value={fields.watchedOn}
          onChange={(event) => set({ watchedOn: event.target.value })}
        />
        <Select
          label={t('seen.visibility')}
          value={fields.visibility}
          onChange={(event) =>
            set({ visibility: visibilities.find((one) => one === event.target.value) ?? 'private' })
          }
          options={visibilities.map((value) => ({ value, label: t(`seen.visibilities.${value}`) }))}
        />
      </div>
      <div className="flex flex-wrap items-end gap-x-8 gap-y-2">
        <StarInput
          legend={t('seen.stars')}
          value={fields.stars}
          onChange={(value) => set({ stars: value })}
        />
        <CheckField
          className="min-h-14"
          label={t('seen.rewatch')}
          checked={fields.rewatch}
          onChange={(event) => set({ rewatch: event.target.checked })}
        />
        <CheckField
          className="min-h-14"
          label={t('seen.liked')}
          checked={fields.liked}
          onChange={(event) => set({ liked: event.target.checked })}
        />
      </div>
      {fields.visibility === 'public' ? null : <p className="small-print">{t('seen.starsCount')}</p>}
      <TextArea
        label={t('seen.note')}
        rows={2}
        maxLength={2000}
        value={fields.note}
        onChange={(event) => set({ note: event.target.value })}
      />
      <TextField
        label={t('seen.tags')}
        hint={t('seen.tagsHint')}
        maxLength={400}
        value={fields.tags}
        onChange={(event) => set({ tags: event.target.value })}
      />
      <FormError>{failure}</FormError>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="main" busy={busy}>
          {t('seen.keep')}
        </Button>
        <Button
          onClick={() => {
            done()
            onDone()
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** What is not as it was: stars that nobody touched are not given anew. */
function changesOf<Fields extends object>(fields: Fields, before: Fields): Partial<Fields> {
  const changed: Partial<Fields> = {}
  for (const name in fields)
    if (JSON.stringify(fields[name]) !== JSON.stringify(before[name])) changed[name] = fields[name]
  return changed
}

const tagsOf = (text: string): string[] =>
  [...new Set(text.split(',').map((tag) => tag.trim().slice(0, 40)))].filter(Boolean).slice(0, 20)
