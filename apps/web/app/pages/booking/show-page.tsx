import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import type { WebApi } from '../../../src/web-context.ts'
import { found } from '../../api/load.ts'
import { posterColours } from '../../art/poster/index.ts'
import { apiOf } from '../../context.ts'
import { placeHouse } from '../../seat-map/geometry.ts'
import { SocialTags } from '../../shell/social-tags.tsx'
import { publicPage } from '../../util/cache.ts'
import { calendarDayOf, clockOf, dayInWords } from '../../util/dates.ts'
import { languageInWords } from '../../util/languages.ts'
import { paths } from '../../util/path-builder.ts'
import { BestSeatsForm, wishFrom } from './best-seats-form.tsx'
import './booking.css'
import { Booking } from './booking.tsx'
import { refusalWith } from './hold.ts'
import { HoldProblem } from './hold-problem.tsx'
import { type Closed, Sale } from './sale.tsx'
import { ShowLine } from './show-line.tsx'
import './texts.ts'

export const headers = publicPage(2)

export async function loader({ params, context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const show = await found(api.theaters.attempt.getShow({ showId: params.showId ?? '' }))
  const closed = whyClosed(show, Date.now())
  const [layout, theater, seats, film] = await Promise.all([
    found(api.theaters.attempt.getLayout({ layoutId: show.layoutId })),
    found(api.theaters.attempt.getTheater({ theaterId: show.theaterId })),
    closed ? undefined : seatsOf(api, show.id),
    api.movies.attempt.getMovie({ movieId: show.movieId }),
  ])
  const { bookingFee, taxRatePermille, refundCutoffMinutes } = theater
  return {
    show,
    layout,
    seats: { version: seats?.version ?? 0, taken: seats?.taken ?? [] },
    // Colours are an ornament: seats sell without them.
    colours: film.ok ? posterColours(film.value) : undefined,
    closed,
    terms: { bookingFee, taxRatePermille, refundCutoffMinutes },
  }
}

const patience = { tries: 10, milliseconds: 200 }

/** Booking hears of a new show a moment after it is there: who comes at once waits, and is not told that there is none. */
async function seatsOf(api: WebApi, showId: string) {
  for (let tries = 0; tries < patience.tries; tries += 1) {
    const outcome = await api.booking.attempt.getSeats({ showId })
    if (outcome.ok) return outcome.value
    if (outcome.status !== 404) throw data(null, { status: outcome.status })
    await new Promise((resolve) => setTimeout(resolve, patience.milliseconds))
  }
  throw data(null, { status: 503 })
}

/** Best seats without a script: the browser posts the form, the order page follows. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const bestAvailable = wishFrom(form)
  if (!bestAvailable) return data({ code: 'nothing-chosen' }, { status: 422 })
  const email = String(form.get('email') ?? '').trim()
  const { booking } = apiOf(context)
  const held = await booking.attempt.createOrder({
    showId: params.showId ?? '',
    bestAvailable,
    ...(email ? { email } : {}),
  })
  if (!held.ok) return data({ code: held.code }, { status: held.status })
  const { id, secret } = held.value
  if (secret === undefined) return redirect(paths.order(id))
  // The gateway turns the header into the cookie of a guest's orders.
  return redirect(`${paths.order(id)}#${secret}`, { headers: { 'x-order-secret': secret } })
}

export default function ShowPage() {
  const { show, layout, seats, colours, closed, terms } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, i18n } = useTranslation('booking')
  const house = useMemo(() => placeHouse(layout), [layout])
  return (
    <div className={`house page pt-6 pb-16 ${colours ? 'film-colours' : ''}`} style={inColours(colours)}>
      <title>{`${t('show.title', { movie: show.movieTitle })} · Marquee`}</title>
      <SocialTags
        title={show.movieTitle}
        description={t('show.description', {
          clock: clockOf(show.localStart),
          day: dayInWords(calendarDayOf(show.localStart), i18n.language, 'long'),
          screen: show.screenName,
          theater: show.theaterName,
        })}
        path={paths.show(show.id)}
        picture={paths.posterPicture(show.movieId)}
      />
      <header className="grid gap-3">
        <h1 className={`map-title ${colours ? 'text-film-a' : ''}`}>{show.movieTitle}</h1>
        <ShowLine
          {...show}
          notes={[
            show.format,
            show.language ? languageInWords(show.language, i18n.language) : null,
            show.subtitles
              ? t('show.subtitles', { language: languageInWords(show.subtitles, i18n.language) })
              : null,
          ]}
        />
      </header>
      <Sale key={show.id} movieId={show.movieId} closed={closed}>
        {(onCancelled) => (
          <>
            {refused ? (
              <div className="mt-6">
                <HoldProblem refusal={refusalWith(refused.code)} shortName={(seatId) => seatId} />
              </div>
            ) : null}
            <noscript>
              <div className="mt-6 border-line border-t pt-6">
                <BestSeatsForm
                  prices={show.prices}
                  zones={house.zones}
                  hasWheelchairSpaces={layout.seats.some((seat) => seat.kind === 'wheelchair')}
                />
              </div>
            </noscript>
            <Booking show={show} house={house} first={seats} terms={terms} onCancelled={onCancelled} />
          </>
        )}
      </Sale>
    </div>
  )
}

type Colours = ReturnType<typeof posterColours>

const inColours = (colours: Colours | undefined) =>
  colours && {
    '--film-dark-a': colours.dark[0],
    '--film-dark-b': colours.dark[1],
    '--film-light-a': colours.light[0],
    '--film-light-b': colours.light[1],
  }

type Sales = { status: string; salesFrom: string; onlineUntil: string }

function whyClosed(show: Sales, now: number): Closed | undefined {
  if (show.status === 'cancelled') return 'cancelled'
  if (now < Date.parse(show.salesFrom)) return 'early'
  return now >= Date.parse(show.onlineUntil) ? 'over' : undefined
}
