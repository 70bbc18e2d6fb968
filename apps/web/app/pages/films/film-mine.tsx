import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/browser.ts'
import { StarInput } from '../../community/star-input.tsx'
import { starsInPrint } from '../../community/stars.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { paths } from '../../util/path-builder.ts'
import { useFocusOn } from '../../util/use-focus-on.ts'
import { failureText } from '../account/failure-text.ts'
import type { useMyFilm } from './use-my-film.ts'
import type { useMyStars } from './use-my-stars.ts'

const DiaryForm = lazy(async () => ({ default: (await import('../../community/diary-form.tsx')).DiaryForm }))

type Props = {
  film: { id: string; title: string }
  my: ReturnType<typeof useMyFilm>
  rating: ReturnType<typeof useMyStars>
}

const seenButton = 'seen-it'

/** What a visitor may say about a film without words. The same for everybody until it is known who looks. */
export function FilmMine({ film, my, rating }: Props) {
  const { t } = useTranslation('voices')
  const [failure, setFailure] = useState<string>()
  const [writes, setWrites] = useState(false)
  const focusOn = useFocusOn()
  const problem = failure ?? rating.failure
  return (
    <section className="film-mine" aria-label={t('mine.label')}>
      <div>
        <MyStarsLine film={film} my={my} rating={rating} />
        <StarInput
          legend={t('mine.legend', { film: film.title })}
          value={rating.stars}
          onChange={rating.choose}
        />
      </div>
      <div className="film-mine-doings">
        <WatchlistToggle film={film} my={my} onFailure={setFailure} />
        {my.me ? (
          <button
            id={seenButton}
            type="button"
            className="button"
            aria-expanded={writes}
            onClick={() => setWrites((open) => !open)}
          >
            {t('mine.seen')}
          </button>
        ) : (
          <Link className="button" to={paths.login({ next: paths.film(film.id) })}>
            {t('mine.seen')}
          </Link>
        )}
      </div>
      <p role="alert" className="film-mine-problem empty:hidden">
        {problem}
      </p>
      {writes && my.me ? (
        <Suspense fallback={<p className="film-mine-form text-quiet">{t('loading')}</p>}>
          <div className="film-mine-form">
            <DiaryForm
              movieId={film.id}
              stars={rating.stars}
              onDone={(entry) => {
                setWrites(false)
                focusOn(seenButton)
                // Stars of an evening long ago are not what the film is rated with today.
                if (entry?.stars) void my.again()
              }}
            />
          </div>
        </Suspense>
      ) : null}
    </section>
  )
}

const starsLine = 'my-stars'

function MyStarsLine({ film, my, rating }: Props) {
  const { t } = useTranslation('voices')
  const { stars, before } = rating
  const focusOn = useFocusOn()
  return (
    <p id={starsLine} className="film-mine-line">
      <span className="label-print">
        {stars === null ? t('mine.rate') : t('mine.given', { stars: starsInPrint(stars) })}
      </span>
      {stars !== null && my.me === null ? (
        <Link className="line-action" to={paths.login({ next: paths.film(film.id) })}>
          {t('mine.logInToKeep')}
        </Link>
      ) : null}
      {my.me && (before || stars !== null) ? (
        // One button, so that the focus stays on it when it turns from one into the other.
        <button
          type="button"
          className="line-action"
          onClick={() => {
            if (before) rating.undo()
            else rating.choose(null)
            if (before?.stars === null) focusOn(starsLine)
          }}
        >
          {t(before ? 'undo' : 'mine.clear')}
        </button>
      ) : null}
    </p>
  )
}

type ToggleProps = Pick<Props, 'film' | 'my'> & { onFailure: (text: string | undefined) => void }

function WatchlistToggle({ film, my, onFailure }: ToggleProps) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const announce = useAnnounce()
  const listed = my.mine.listed ?? false
  const [busy, setBusy] = useState(false)

  async function toggle() {
    // Two presses side by side might arrive in the other order.
    if (busy) return
    setBusy(true)
    onFailure(undefined)
    my.change(() => ({ listed: !listed }))
    const answer = await send(listed ? 'DELETE' : 'PUT', `/api/watchlist/${film.id}`)
    setBusy(false)
    // It may have been read in between, before the press arrived.
    my.change(() => ({ listed: answer.ok ? !listed : listed }))
    if (answer.ok) return announce(t(listed ? 'mine.unlisted' : 'mine.listed', { film: film.title }))
    onFailure(failureText(answer.problem, site))
  }

  if (!my.me) {
    return (
      <Link className="button tick-button" to={paths.login({ next: paths.film(film.id) })}>
        <TickBox />
        {t('mine.watchlist')}
      </Link>
    )
  }
  return (
    <button type="button" className="button tick-button" aria-pressed={listed} onClick={toggle}>
      <TickBox />
      {t('mine.watchlist')}
    </button>
  )
}

/** A seat's own sign: outlined while free, filled with a tick when mine. */
function TickBox() {
  return (
    <svg viewBox="0 0 18 18" className="tick-box" aria-hidden="true">
      <path className="tick-box-frame" d="M1 1h16v16H1z" />
      <path className="tick-box-tick" d="M4.5 9.5l3 3 6-7" />
    </svg>
  )
}
