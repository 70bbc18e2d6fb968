import http from 'node:http'
import https from 'node:https'
import type { Behaviour } from './behaviour.ts'
import type { Book, Notice } from './book.ts'
import type { Journal } from './journal.ts'
import { presentPayment, presentRefund } from './payment.ts'
import { signWebhook } from './signature.ts'

const backoffSeconds = [1, 2, 5, 10, 30, 60, 300]
const atOnce = 16

export type TellerDeps = {
  book: Book
  journal: Journal
  behaviour: Behaviour
  secret: string
  publicUrl: () => string
  now: () => Temporal.Instant
}
type Due = { notice: Notice; tries: number }
export type Teller = ReturnType<typeof createTeller>

/** Tells the merchant, again and again with growing pauses, until an answer says that it was heard. */
export function createTeller({ book, journal, behaviour, secret, publicUrl, now }: TellerDeps) {
  const agents = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: atOnce }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: atOnce }),
  }
  const queue: Due[] = []
  const timers = new Set<NodeJS.Timeout>()
  let running = 0
  let waiters: (() => void)[] = []

  function add(due: Due): void {
    queue.push(due)
    pump()
  }

  function pump(): void {
    while (running < atOnce && behaviour.webhooks !== 'held') {
      const due = queue.shift()
      if (!due) return
      running += 1
      void tellOnce(due).finally(() => {
        running -= 1
        pump()
      })
    }
  }

  async function tellOnce({ notice, tries }: Due): Promise<void> {
    const copies = behaviour.webhooks === 'twice' ? 2 : 1
    let heard = false
    for (let copy = 0; copy < copies; copy += 1) heard = (await post(notice)) || heard
    if (heard) return done(notice)
    const wait = backoffSeconds[Math.min(tries, backoffSeconds.length - 1)] ?? 1
    const timer = setTimeout(() => {
      timers.delete(timer)
      add({ notice, tries: tries + 1 })
    }, wait * 1000)
    timers.add(timer)
  }

  function done(notice: Notice): void {
    const record = { type: 'told', notice: notice.id } as const
    book.apply(record)
    // Losing this line costs one more delivery, so nobody waits for it.
    journal.append(record)
    if (book.untold().length > 0) return
    for (const resolve of waiters) resolve()
    waiters = []
  }

  function post(notice: Notice): Promise<boolean> {
    const url = book.endpoint()
    if (!url) return Promise.resolve(false)
    const body = JSON.stringify(present(notice))
    const sentAt = Math.floor(now().epochMilliseconds / 1000)
    const target = new URL(url)
    const secure = target.protocol === 'https:'
    return new Promise((resolve) => {
      const request = (secure ? https : http).request(target, {
        method: 'POST',
        agent: secure ? agents['https:'] : agents['http:'],
        timeout: 10_000,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'sandbox-signature': signWebhook(secret, { body, sentAt }),
        },
      })
      request.on('response', (response) => {
        response.resume()
        const status = response.statusCode ?? 0
        response.on('close', () => resolve(status >= 200 && status < 300))
      })
      request.on('timeout', () => request.destroy(new Error('timeout')))
      request.on('error', () => resolve(false))
      request.end(body)
    })
  }

  function present({ id, type, at, payment, refund }: Notice) {
    const object = payment ? presentPayment(payment, publicUrl()) : refund && presentRefund(refund)
    return { id, object: 'event', type, created_at: at, data: { object } }
  }

  return {
    tell: (notice: Notice) => add({ notice, tries: 0 }),
    /** Tells what was not heard yet: after a start, or when deliveries are let go again. */
    tellAll(): void {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      const waiting = new Set(queue.map(({ notice }) => notice))
      for (const notice of book.untold()) if (!waiting.has(notice)) queue.push({ notice, tries: 0 })
      pump()
    },
    /** Resolves when everything was heard. */
    allHeard: () =>
      new Promise<void>((resolve) => (book.untold().length === 0 ? resolve() : waiters.push(resolve))),
    stop(): void {
      for (const timer of timers) clearTimeout(timer)
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}
