import { addDays, cinemaDayOf, isDay } from '../../../util/dates.ts'
import { apiPaths } from '../manage-paths.ts'
import type { Items, MyTheater, OwnShow } from '../manage-types.ts'
import { earliestFree, type Span, spanOf } from '../programme/day-axis.ts'
import { useApi } from '../use-api.ts'
import { instantOf, wallClock } from '../zone-time.ts'
import type { ShowWish } from './show-fields.tsx'

type Plan = { theater: MyTheater; wish: ShowWish; runtimeMinutes: number | undefined; without?: string }

/** What is on around a planned show, where it would lie, and from when its screen is free for it. */
export function useScreenDay({ theater, wish, runtimeMinutes, without }: Plan) {
  const known = isDay(wish.date)
  const path = known ? apiPaths.shows(theater.id, addDays(wish.date, -1), addDays(wish.date, 1)) : undefined
  const around = useApi<Items<OwnShow>>(path).data?.items ?? []
  const others = around.filter((show) => show.id !== without)
  const screen = theater.screens.find((one) => one.id === wish.screenId)
  const complete = known && /^\d{2}:\d{2}/.test(wish.time) && runtimeMinutes !== undefined && screen
  const draft = complete
    ? spanFrom(
        instantOf(`${wish.date}T${wish.time}`, theater.timeZone),
        screen.trailerMinutes + runtimeMinutes + screen.cleaningMinutes,
      )
    : undefined
  const busy = others
    .filter((show) => show.screenId === wish.screenId && show.status === 'scheduled')
    .map(spanOf)
  const free = draft ? wallClock(earliestFree(busy, draft), theater.timeZone) : undefined
  const day = complete ? cinemaDayOf(`${wish.date}T${wish.time}`, theater.dayStartsAt) : wish.date
  return { screen, draft, free, day, shows: others.filter((show) => show.day === day) }
}

const spanFrom = (from: number, minutes: number): Span => ({ from, to: from + minutes * 60_000 })
