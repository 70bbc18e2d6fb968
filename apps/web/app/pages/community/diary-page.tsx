import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiaryEntry } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { dayInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { useFocusOn } from '../../util/use-focus-on.ts'
import { changeButton, DiaryLine } from './diary-line.tsx'
import { ListStates } from './list-states.tsx'
import './texts.ts'
import { useList } from './use-list.ts'
import { Yours, yoursTitle } from './yours.tsx'

export default function DiaryPage() {
  const { t } = useTranslation('community')
  return (
    <Yours title={t('diary.title')} path={paths.diary()}>
      {() => <Diary />}
    </Yours>
  )
}

function Diary() {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const list = useList<DiaryEntry>('/api/diary', 50)
  const announce = useAnnounce()
  const focusOn = useFocusOn()
  const moved = useRef<DiaryEntry>(undefined)

  // In another month the line is another one, which had not the focus.
  useEffect(() => {
    const entry = moved.current
    if (!entry || !list.items?.some(({ id, version }) => id === entry.id && version === entry.version)) return
    document.getElementById(changeButton(entry))?.focus()
    moved.current = undefined
  })

  function replace(entry: DiaryEntry) {
    if (list.items?.some((one) => one.id === entry.id && monthOf(one) !== monthOf(entry)))
      moved.current = entry
    list.change((items) => items.map((one) => (one.id === entry.id ? entry : one)))
  }

  function forget({ id, movie }: DiaryEntry) {
    focusOn(yoursTitle)
    list.change((items) => items.filter((one) => one.id !== id))
    announce(t('diary.removed', { film: movie.title }))
  }

  const empty = (
    <EmptyState
      title={t('diary.none')}
      actions={
        <>
          <ButtonLink look="main" to={paths.films()}>
            {site('error.toFilms')}
          </ButtonLink>
          <ButtonLink to={paths.moveIn()}>{t('import.short')}</ButtonLink>
        </>
      }
    >
      {t('diary.noneText')}
    </EmptyState>
  )
  return (
    <ListStates list={list} empty={empty}>
      <DiaryMonths entries={list.items ?? []} onChange={replace} onRemove={forget} />
    </ListStates>
  )
}

type Props = {
  entries: DiaryEntry[]
  /** Without these two it is somebody else's diary. */
  onChange?: (entry: DiaryEntry) => void
  onRemove?: (entry: DiaryEntry) => void
  level?: 'h2' | 'h3'
}

/** A printed diary: month by month, the day in the margin, a rule under every evening. */
export function DiaryMonths({ entries, onChange, onRemove, level: Level = 'h2' }: Props) {
  const { t, i18n } = useTranslation('community')
  const nameOf = (month: string) =>
    month ? dayInWords(`${month}-01`, i18n.language, 'month') : t('diary.undated')
  return (
    <div className="diary">
      {byMonth(entries).map(({ month, of }) => (
        <section key={month} className="diary-month" aria-label={nameOf(month)}>
          <Level>{nameOf(month)}</Level>
          <ol>
            {of.map((entry) => (
              <DiaryLine key={entry.id} entry={entry} onChange={onChange} onRemove={onRemove} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function byMonth(entries: DiaryEntry[]): { month: string; of: DiaryEntry[] }[] {
  const months = new Map<string, DiaryEntry[]>()
  for (const entry of entries) {
    const month = monthOf(entry)
    months.set(month, [...(months.get(month) ?? []), entry])
  }
  // Newest first; what has no date stands last.
  return [...months]
    .map(([month, of]) => ({ month, of: of.toSorted(newestFirst) }))
    .sort((a, b) => b.month.localeCompare(a.month))
}

const monthOf = ({ watchedOn }: DiaryEntry) => watchedOn?.slice(0, 7) ?? ''

// As the house lists them: one that was given another day stands there at once.
function newestFirst(a: DiaryEntry, b: DiaryEntry): number {
  const [one, other] = [`${a.watchedOn ?? ''} ${a.id}`, `${b.watchedOn ?? ''} ${b.id}`]
  return one < other ? 1 : -1
}
