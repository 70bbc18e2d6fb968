export type LocalStart =
  | { ok: true; startsAt: Temporal.Instant; localStart: string }
  | { ok: false; code: 'ambiguous-time'; choices: string[] }
  | { ok: false; code: 'invalid-time'; reason: string }

/**
 * Finds the instant of a local time in a zone. A time that the clocks skip or repeat needs an offset;
 * `choices` are the times to choose from, ready to be sent back.
 */
export function resolveLocalStart(text: string, timeZone: string): LocalStart {
  const [, wall = '', offset] = /^(.{16,19}?)(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? []
  let local: Temporal.PlainDateTime
  try {
    local = Temporal.PlainDateTime.from(wall, { overflow: 'reject' })
  } catch {
    // A thirteenth month or a 61st minute: the text looks like a time but names none.
    return { ok: false, code: 'invalid-time', reason: `${text} is no date and time` }
  }
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' })
  const settled = earlier.equals(later)
  if (offset === undefined)
    return settled
      ? found(earlier)
      : { ok: false, code: 'ambiguous-time', choices: [earlier, later].map(written) }
  const wanted = offset === 'Z' ? '+00:00' : offset
  const candidates = new Set([earlier.offset, later.offset])
  if (!candidates.has(wanted))
    return {
      ok: false,
      code: 'invalid-time',
      reason: `clocks in ${timeZone} stand at ${[...candidates].join(' or ')} then, not at ${wanted}`,
    }
  return found(Temporal.Instant.from(`${wall}${wanted}`).toZonedDateTimeISO(timeZone))
}

function found(start: Temporal.ZonedDateTime): LocalStart {
  return { ok: true, startsAt: start.toInstant(), localStart: localText(start) }
}

function written(time: Temporal.ZonedDateTime): string {
  return `${localText(time)}${time.offset}`
}

function localText(time: Temporal.ZonedDateTime): string {
  return time.toPlainDateTime().toString({ smallestUnit: time.second === 0 ? 'minute' : 'second' })
}

/** The cinema day a local time belongs to: before `dayStartsAt` it is still the evening before. */
export function cinemaDay(localStart: string, dayStartsAt: string): string {
  const local = Temporal.PlainDateTime.from(localStart)
  const early = Temporal.PlainTime.compare(local.toPlainTime(), Temporal.PlainTime.from(dayStartsAt)) < 0
  return local
    .toPlainDate()
    .subtract({ days: early ? 1 : 0 })
    .toString()
}

/** The same wall time on another cinema day: 00:15 of Friday's programme stays after midnight. */
export function onCinemaDay(localStart: string, ownDay: string, day: string): string {
  const local = Temporal.PlainDateTime.from(localStart)
  const shift = Temporal.PlainDate.from(ownDay).until(Temporal.PlainDate.from(day))
  return local.add({ days: shift.days }).toString({ smallestUnit: 'minute' })
}

/** Minutes from the start of the cinema day, so that 00:15 comes after 23:30. */
export function minutesIntoDay(time: string, dayStartsAt: string): number {
  const minutes = (text: string) => {
    const plain = Temporal.PlainTime.from(text)
    return plain.hour * 60 + plain.minute
  }
  return (minutes(time) - minutes(dayStartsAt) + 1440) % 1440
}

/** Whether the runtime knows the zone: `Europe/Berlin`, never an offset. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    // The only way to ask is to try.
    return false
  }
}
