/** `cancelled`: the show was, and nothing more of it is sold. */
export type Taken = { version: number; taken: ReadonlySet<string>; cancelled: boolean }
export type Frame = (
  | { type: 'snapshot'; version: number; taken: string[] }
  | { type: 'seats'; from: number; version: number; taken: string[]; freed: string[] }
) & { cancelled?: boolean | undefined }

export type Heard = { state: Taken; gap: boolean }

/**
 * Applies a live frame. Older frames change no seats; a frame that starts later than we are leaves a gap. That the show
 * is cancelled is final, and true whatever else a frame tells.
 */
export function hear(state: Taken, frame: Frame): Heard {
  const { state: next, gap } = hearSeats(state, frame)
  return { state: frame.cancelled && !next.cancelled ? { ...next, cancelled: true } : next, gap }
}

function hearSeats(state: Taken, frame: Frame): Heard {
  if (frame.type === 'snapshot') {
    if (frame.version < state.version) return { state, gap: false }
    return { state: { ...state, version: frame.version, taken: new Set(frame.taken) }, gap: false }
  }
  if (frame.version <= state.version) return { state, gap: false }
  if (frame.from > state.version) return { state, gap: true }
  const taken = new Set(state.taken)
  for (const seat of frame.freed) taken.delete(seat)
  for (const seat of frame.taken) taken.add(seat)
  return { state: { ...state, version: frame.version, taken }, gap: false }
}

/** Milliseconds until the next try: doubling from half a second to 20 s, spread so that a crowd does not return at once. */
export const retryAfter = (failures: number, random: number): number =>
  Math.min(500 * 2 ** failures, 20_000) * (0.5 + random / 2)

const restarting = 1012

/**
 * Milliseconds until a server that restarts wants its watchers back, spread over the time that it names; undefined when
 * the connection ended otherwise.
 */
export function comeBackAfter(
  { code, reason }: { code: number; reason: string },
  random: number,
): number | undefined {
  if (code !== restarting) return undefined
  const within = Number(/within (\d{1,6}) ms/.exec(reason)?.[1] ?? 2000)
  return random * Math.min(within, 20_000)
}

/** A frame out of a message, or nothing when it is none we know. */
export function parseFrame(text: string): Frame | undefined {
  const message: unknown = JSON.parse(text)
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined
  return message.type === 'snapshot' || message.type === 'seats' ? (message as Frame) : undefined
}
