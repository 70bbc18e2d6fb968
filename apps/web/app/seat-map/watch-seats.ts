import { send } from '../api/browser.ts'
import { comeBackAfter, hear, parseFrame, retryAfter, type Taken } from './live-seats.ts'

type SeatsAnswer = {
  version: number
  from?: number
  taken: string[]
  freed?: string[]
  cancelled?: boolean
}

const pollEvery = 3000
const failuresBeforePolling = 3
// The house tells something, a beat at least, every five seconds.
const silentAfter = 15_000

/**
 * Tells of each change of a show's taken seats, and when it is cancelled: heard by WebSocket, or asked for where sockets
 * do not get through. What it returns ends it.
 */
export function watchSeats(showId: string, start: Taken, tell: (seats: Taken) => void): () => void {
  let state = start
  let failures = 0
  let stopped = false
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  const become = (next: Taken) => {
    if (next === state || stopped) return
    state = next
    tell(state)
  }

  async function ask(since?: number): Promise<void> {
    const query = since === undefined ? '' : `?since=${since}`
    const answer = await send<SeatsAnswer>('GET', `/api/shows/${showId}/seats${query}`)
    if (!answer.ok || stopped || !answer.value) return
    const { version, from, taken, freed = [], cancelled } = answer.value
    const frame =
      from === undefined
        ? ({ type: 'snapshot', version, taken, cancelled } as const)
        : ({ type: 'seats', from, version, taken, freed, cancelled } as const)
    become(hear(state, frame).state)
  }

  function open(): void {
    if (stopped) return
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
    const address = `${scheme}://${window.location.host}/api/live?show=${showId}&since=${state.version}`
    const line = new WebSocket(address)
    socket = line
    listenFor(line)
    line.onmessage = ({ data }) => {
      listenFor(line)
      const frame = parseFrame(String(data))
      if (!frame) return
      failures = 0
      const heard = hear(state, frame)
      become(heard.state)
      if (heard.gap) void ask()
    }
    line.onclose = (event) => {
      // A restart is no failure: the seats stay as they are drawn, and what changes meanwhile is told on return.
      const told = comeBackAfter(event, Math.random())
      if (told === undefined) fail()
      else again(told)
    }
  }

  /** A wire that broke in between tells nobody; the farewell of a line that nobody hears would not come either. */
  function listenFor(line: WebSocket): void {
    clearTimeout(silence)
    silence = setTimeout(() => {
      line.onclose = null
      line.onmessage = null
      line.close()
      fail()
    }, silentAfter)
  }

  function fail(): void {
    failures += 1
    const polls = failures >= failuresBeforePolling
    if (polls) void ask(state.version)
    again(polls ? pollEvery : retryAfter(failures, Math.random()))
  }

  function again(milliseconds: number): void {
    clearTimeout(silence)
    if (!stopped) timer = setTimeout(open, milliseconds)
  }

  /** After a sleep or another network a line may be dead without knowing it: it should have told what is news now. */
  async function wake(): Promise<void> {
    if (document.visibilityState === 'hidden') return
    const known = state.version
    await ask(known)
    if (state.version !== known) socket?.close()
  }

  open()
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  return () => {
    stopped = true
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
    clearTimeout(timer)
    clearTimeout(silence)
    socket?.close()
  }
}
