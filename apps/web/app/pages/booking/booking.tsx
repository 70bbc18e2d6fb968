import type { ShowDetail } from '@marquee/contracts/theaters'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMe, useWhoIsLooking } from '../../api/me.ts'
import { sumOf } from '../../seat-map/choice.ts'
import type { House } from '../../seat-map/geometry.ts'
import { MapViewport } from '../../seat-map/map-viewport.tsx'
import type { SeatState } from '../../seat-map/seat-glyph.tsx'
import { SeatList } from '../../seat-map/seat-list.tsx'
import { SeatMap } from '../../seat-map/seat-map.tsx'
import { useLiveSeats } from '../../seat-map/use-live-seats.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { BestSeatsForm } from './best-seats-form.tsx'
import { ChoiceBar } from './choice-bar.tsx'
import { ChoicePanel } from './choice-panel.tsx'
import { type HoldWish, hold, type Refusal, refusalWith, swap } from './hold.ts'
import { HoldProblem } from './hold-problem.tsx'
import { Keeper } from './keeper.tsx'
import { keepChoice } from './kept-choice.ts'
import { Legend } from './legend.tsx'
import { OpenHold } from './open-hold.tsx'
import { useChangedOrder } from './use-changed-order.ts'
import { useChoice } from './use-choice.ts'
import { useKeptChoice } from './use-kept-choice.ts'
import { useLostSeats } from './use-lost-seats.ts'
import { useSeatWords } from './use-seat-words.ts'
import { type Way, Ways } from './ways.tsx'

type Props = {
  show: ShowDetail
  house: House
  first: { version: number; taken: string[] }
  terms: { bookingFee: { amount: number; currency: string }; taxRatePermille: number }
  onCancelled: () => void
}

/** Choosing seats: the map, the list and the best-seats form over one choice. */
export function Booking({ show, house, first, terms, onCancelled }: Props) {
  const { t } = useTranslation('booking')
  const me = useMe()
  const whoIsLooking = useWhoIsLooking()
  const announce = useAnnounce()
  const navigate = useNavigate()
  const words = useSeatWords(show.prices)
  const live = useLiveSeats(show.id, first)
  useEffect(() => {
    if (live.cancelled) onCancelled()
  }, [live.cancelled, onCancelled])
  const seats = useMemo(
    () => new Map(house.rows.flatMap((row) => row.seats.map((one) => [one.seat.id, one] as const))),
    [house],
  )
  const choice = useChoice(show.prices, seats)
  const changed = useChangedOrder(show.id, choice.start)
  useKeptChoice({ show, seats, start: choice.start })
  const [chosenWay, setWay] = useState<Way>('map')
  // The order may be read only after the press.
  const way = changed && chosenWay === 'best' ? 'map' : chosenWay
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const email = useRef('')
  const problem = useRef<HTMLDivElement>(null)

  const { chosen, add, remove, full } = choice
  const mine = useMemo(() => new Set(chosen.map((one) => one.seatId)), [chosen])
  const isTaken = useCallback(
    (seatId: string) => live.taken.has(seatId) && !changed?.seats.has(seatId),
    [live, changed],
  )
  const shortName = (seatId: string) => {
    const seat = seats.get(seatId)?.seat
    return seat ? `${seat.row} ${seat.number}` : seatId
  }

  const paused = busy || refusal?.isSettled === false
  const { lost, setLost } = useLostSeats({ chosen, seats, isTaken, paused, remove })
  const stateOf = useCallback(
    (seatId: string): SeatState => {
      if (mine.has(seatId)) return 'mine'
      if (lost.includes(seatId)) return 'lost'
      return isTaken(seatId) ? 'taken' : 'free'
    },
    [mine, lost, isTaken],
  )
  const toggle = useCallback(
    (seatId: string) => {
      setRefusal(undefined)
      if (mine.has(seatId)) remove([seatId])
      else if (stateOf(seatId) !== 'free') announce(t('map.takenAlready'))
      else if (full) announce(t('map.full'))
      else {
        setLost([])
        add(seatId)
      }
    },
    [mine, stateOf, full, add, remove, setLost, announce, t],
  )

  async function take(wish: Omit<HoldWish, 'showId'>) {
    setBusy(true)
    const outcome = await ask(wish)
    if (outcome.ok) return navigate(outcome.to)
    setBusy(false)
    setRefusal(outcome)
    if (outcome.code === 'seats-taken') {
      remove(outcome.seats)
      setLost(outcome.seats)
    }
    requestAnimationFrame(() => {
      const field = isAboutAddress(outcome) && document.querySelector<HTMLElement>('[name=email]')
      ;(field || problem.current)?.focus()
    })
  }

  async function ask(wish: Omit<HoldWish, 'showId'>) {
    if (changed && wish.seats) return swap(changed.orderId, wish.seats)
    const whole = { showId: show.id, ...wish }
    if (await whoIsLooking()) return hold(whole)
    // Somebody who was known when the page came is asked for an address only now.
    return email.current ? hold({ ...whole, email: email.current }) : refusalWith('no-address')
  }

  const sum = sumOf(
    chosen.map(
      (one) =>
        show.prices.find(
          (price) => price.zone === seats.get(one.seatId)?.seat.zone && price.ticketType === one.ticketType,
        )?.price.amount ?? 0,
    ),
    terms,
  )
  const shared = {
    house,
    rowLabel: words.rowLabel,
    zoneLabel: words.zoneLabel,
    stateOf,
    onToggle: toggle,
    nameOf: (placed: Parameters<typeof words.nameOf>[0]) => words.nameOf(placed, stateOf(placed.seat.id)),
  }
  const wrongAddress = refusal !== undefined && isAboutAddress(refusal)
  const keepForLater = () => keepChoice(show.id, chosen)
  const keeper =
    me !== null || changed ? undefined : (
      <Keeper
        first={email.current}
        error={wrongAddress ? t('problem.field.email') : undefined}
        onEmail={(value) => {
          email.current = value
          if (wrongAddress) setRefusal(undefined)
        }}
        onLogIn={keepForLater}
      />
    )
  return (
    <div className="needs-script">
      {changed ? null : <OpenHold showId={show.id} />}
      <Ways way={way} isChange={changed !== undefined} onWay={setWay} />
      <div ref={problem} tabIndex={-1} className="outline-none empty:hidden">
        {refusal && !wrongAddress ? (
          <div className="mt-6">
            <HoldProblem
              refusal={refusal}
              shortName={shortName}
              onSuggestion={(suggested) => {
                choice.replace(suggested)
                setRefusal(undefined)
              }}
              onLogIn={keepForLater}
            />
          </div>
        ) : null}
      </div>
      <div className="booking">
        <section className="min-w-0" aria-label={t('map.section')}>
          {way === 'best' ? (
            <BestSeatsForm
              prices={show.prices}
              zones={house.zones}
              hasWheelchairSpaces={[...seats.values()].some(({ seat }) => seat.kind === 'wheelchair')}
              busy={busy}
              onHold={(bestAvailable) => take({ bestAvailable })}
            >
              {keeper}
            </BestSeatsForm>
          ) : null}
          {way === 'list' ? (
            <SeatList
              {...shared}
              caption={t('list.caption')}
              columns={{ row: t('list.row'), seats: t('list.seats'), free: t('list.free') }}
              priceOf={words.priceOf}
              kindOf={words.kindOf}
            />
          ) : (
            <>
              <MapViewport
                house={house}
                words={{
                  closer: t('map.closer'),
                  further: t('map.further'),
                  whole: t('map.whole'),
                  controls: t('map.controls'),
                  area: t('map.area'),
                }}
              >
                <SeatMap {...shared} label={t('map.grid')} screenLabel={t('map.screen')} />
              </MapViewport>
              <Legend house={house} words={words} />
            </>
          )}
        </section>
        {way === 'best' ? null : (
          <aside className="choice-panel" id="choice" tabIndex={-1} aria-label={t('choice.title')}>
            <ChoicePanel
              chosen={chosen}
              seats={seats}
              prices={show.prices}
              sum={sum}
              busy={busy}
              onType={choice.setType}
              onRemove={(seatId) => remove([seatId])}
              onHold={() => take({ seats: chosen })}
              submitText={changed ? t('choice.swap') : t('choice.hold', { count: chosen.length })}
            >
              {keeper}
            </ChoicePanel>
          </aside>
        )}
      </div>
      {chosen.length > 0 && way !== 'best' ? (
        <ChoiceBar count={chosen.length} total={words.money({ amount: sum.total, currency: sum.currency })} />
      ) : null}
    </div>
  )
}

/** Said at the field itself, as all there is to say. */
const isAboutAddress = ({ code, errors }: Refusal): boolean =>
  code === 'invalid-input' && errors.length > 0 && errors.every(({ path }) => path.endsWith('email'))
