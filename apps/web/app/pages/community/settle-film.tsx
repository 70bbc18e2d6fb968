import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DoubtfulFilm, FilmLine } from '../../api/types.ts'
import { useSuggestions } from '../../search/use-suggestions.ts'
import { Poster } from '../../ui/poster.tsx'
import { TextField } from '../../ui/text-field.tsx'
import './texts.ts'

type Props = {
  film: DoubtfulFilm
  /** Undefined: not settled; null: left out. */
  chosen: string | null | undefined
  onChoose: (movieId: string | null) => void
}
type Candidate = Pick<FilmLine, 'id' | 'title'> & { note: string }

/** One doubtful film: radio buttons for who it may be, a search for others, and leaving it out. */
export function SettleFilm({ film, chosen, onChoose }: Props) {
  const { t } = useTranslation('community')
  const [searching, setSearching] = useState(film.candidates.length === 0)
  const [text, setText] = useState(film.candidates.length === 0 ? film.title : '')
  // A file may have hundreds of films that nobody knows: only who comes to the field asks.
  const [asked, setAsked] = useState(false)
  const found = useSuggestions(searching && asked ? text : '', 'films')
  const [kept, setKept] = useState<Candidate>()

  const given: Candidate[] = film.candidates.map(({ id, title, year }) => ({
    id,
    title,
    note: year ? String(year) : '',
  }))
  const others = (found ?? [])
    .filter((one) => one.kind === 'film')
    .map(({ id, name, note }): Candidate => ({ id, title: name, note }))
  const candidates = unique([...given, ...(kept ? [kept] : []), ...others])
  const name = `film-${film.key}`
  return (
    <fieldset className="settle">
      <legend className="settle-legend">
        <bdi className="condensed text-2xl">{film.title}</bdi>{' '}
        <span className="text-quiet">
          {film.year ? `${film.year}, ` : ''}
          {t('settle.rows', { count: film.rows })}
        </span>
      </legend>
      <div className="settle-choices">
        {candidates.map((candidate) => (
          <label key={candidate.id} className="settle-choice">
            <input
              type="radio"
              name={name}
              checked={chosen === candidate.id}
              onChange={() => {
                setKept(candidate)
                onChoose(candidate.id)
              }}
              className="size-5 shrink-0 accent-(--accent)"
            />
            <Poster movieId={candidate.id} className="settle-poster" />
            <span>
              <bdi className="font-semibold">{candidate.title}</bdi>{' '}
              <bdi className="text-quiet">{candidate.note}</bdi>
            </span>
          </label>
        ))}
        <label className="settle-choice">
          <input
            type="radio"
            name={name}
            checked={chosen === null}
            onChange={() => onChoose(null)}
            className="size-5 shrink-0 accent-(--accent)"
          />
          <span>{t('settle.leave')}</span>
        </label>
      </div>
      {searching ? (
        <div className="max-w-md pt-2">
          <TextField
            label={t('settle.search', { film: film.title })}
            type="search"
            autoComplete="off"
            maxLength={100}
            value={text}
            onFocus={() => setAsked(true)}
            onChange={(event) => setText(event.target.value)}
            // Enter looks, it does not send the whole form.
            onKeyDown={(event) => (event.key === 'Enter' ? event.preventDefault() : undefined)}
          />
          <p role="status" className="small-print min-h-5">
            {found ? t('settle.found', { count: others.length }) : ''}
          </p>
        </div>
      ) : (
        <button type="button" className="line-action" onClick={() => setSearching(true)}>
          {t('settle.another')}
        </button>
      )}
    </fieldset>
  )
}

const unique = (candidates: Candidate[]): Candidate[] => [
  ...new Map(candidates.map((one) => [one.id, one])).values(),
]
