import { expect, test } from 'vitest'
import {
  createLogger,
  createMetrics,
  createRegistry,
  nextTraceparent,
  parseTraceparent,
  redactText,
  runWithContext,
} from './index.ts'

function logged(work: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  work(createLogger({ service: 'booking', write: (line) => lines.push(line) }))
  return lines.map((line) => JSON.parse(line))
}

test('a log line names its service and the correlation id of the request that caused it', () => {
  const [line] = logged((log) =>
    runWithContext({ correlationId: 'abc-1' }, () => log.info({ seats: 2 }, 'held')),
  )
  expect(line).toMatchObject({
    level: 'info',
    service: 'booking',
    correlationId: 'abc-1',
    seats: 2,
    msg: 'held',
  })
})

test('no secret reaches the log, whatever it hides in', () => {
  const lines = logged((log) => {
    log.info({
      headers: { authorization: 'Bearer xyzzy', cookie: 'sid=xyzzy', accept: 'text/html' },
      body: { password: 'xyzzy', nested: [{ refreshToken: 'xyzzy' }] },
      url: '/api/orders/1/calendar.ics?secret=xyzzy&x=1',
    })
    log.info('GET /order?secret=xyzzy')
    log.info('seen %s', 'http://site.example/?secret=xyzzy#a')
    log.error(new Error('cannot reach postgres://booking:xyzzy@localhost/db'))
    log.error('cannot reach redis://:xyzzy@localhost:6379')
    log
      .child({ token: 'xyzzy' })
      .error({ err: Object.assign(new Error('no'), { secret: 'xyzzy' }) }, 'failed')
  })
  expect(JSON.stringify(lines)).not.toContain('xyzzy')
  expect(lines[0]).toMatchObject({ headers: { accept: 'text/html' }, url: expect.stringContaining('&x=1') })
  expect(lines[3]).toMatchObject({ err: { type: 'Error', stack: expect.stringContaining('telemetry.test') } })
})

test('an error keeps its code and message', () => {
  const [line] = logged((log) => log.error({ err: Object.assign(new Error('gone'), { code: '23505' }) }))
  expect(line).toMatchObject({ err: { message: 'gone', code: '23505' } })
})

test('an address keeps what is no secret', () => {
  expect(redactText('/orders?page=2&token=abc')).toBe('/orders?page=2&token=[redacted]')
})

test('services hosted together keep their figures apart', async () => {
  const registry = createRegistry({ processMetrics: false })
  const booking = createMetrics('booking', registry)
  const payments = createMetrics('payments', registry)
  booking.counter('calls_total', 'Calls', ['outcome']).inc({ outcome: 'ok' }, 3)
  payments.counter('calls_total', 'Calls', ['outcome']).inc({ outcome: 'ok' })
  booking.histogram('took_seconds', 'Time').observe(0.2)
  booking.gauge('waiting', 'Waiting', [], () => 7)
  payments.gauge('waiting', 'Waiting', [], () => 9)
  const text = await booking.text()
  expect(text).toContain('calls_total{service="booking",outcome="ok"} 3')
  expect(text).toContain('calls_total{service="payments",outcome="ok"} 1')
  expect(text).toContain('took_seconds_count{service="booking"} 1')
  expect(text).toContain('waiting{service="booking"} 7')
  expect(text).toContain('waiting{service="payments"} 9')
})

test('a figure goes on counting however often it was looked at; a level is what it was set to last', async () => {
  const metrics = createMetrics('booking')
  const calls = metrics.counter('calls_total', 'Calls', ['outcome'])
  const again = metrics.counter('calls_total', 'Calls', ['outcome'])
  const level = metrics.gauge('level', 'Level', ['of'])
  calls.inc({ outcome: 'ok' }, 3)
  level.set({ of: 'water' }, 5)
  await metrics.text()
  again.inc({ outcome: 'ok' })
  level.set({ of: 'water' }, 4)
  for (let times = 0; times < 2; times++) {
    const text = await metrics.text()
    expect(text).toContain('calls_total{service="booking",outcome="ok"} 4')
    expect(text).toContain('level{service="booking",of="water"} 4')
  }
})

test('a call continues the trace of the request that caused it', () => {
  const given = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const next = parseTraceparent(nextTraceparent(given))
  expect(next?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  expect(next?.spanId).not.toBe('00f067aa0ba902b7')
})

test('a malformed traceparent begins a new trace', () => {
  expect(parseTraceparent('00-00000000000000000000000000000000-00f067aa0ba902b7-01')).toBeUndefined()
  expect(parseTraceparent(nextTraceparent('nonsense'))).toBeDefined()
})
