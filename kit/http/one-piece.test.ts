import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { OnePiece } from './one-piece.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** What a client receives of such answers, byte by byte. */
async function received(answer: RequestListener<never, typeof OnePiece>): Promise<Buffer> {
  const server = createServer({ ServerResponse: OnePiece }, answer as RequestListener)
  ends.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return Buffer.from(await response.arrayBuffer())
}

const bodies = {
  'plain letters': '{"title":"Metropolis"}',
  'letters of several bytes': '{"title":"Amélie, 千と千尋の神隠し, 🎬"}',
  'letters that Latin has too': '{"title":"Déjà vu"}',
  nothing: '',
  'much text': 'Metropolis '.repeat(5000),
}
for (const [kind, body] of Object.entries(bodies)) {
  test(`${kind} as text and as bytes arrive as they are`, async () => {
    expect((await received((_, answer) => void answer.end(body))).toString()).toBe(body)
    expect((await received((_, answer) => void answer.end(Buffer.from(body)))).toString()).toBe(body)
  })
}

test('bytes that are no text arrive as they are, also behind a first part', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
  expect(await received((_, answer) => void answer.end(bytes))).toEqual(bytes)
  const inParts = await received((_, answer) => {
    answer.write('first ')
    answer.end('séance')
  })
  expect(inParts.toString()).toBe('first séance')
})

test('text in an encoding of its own stays in that', async () => {
  expect((await received((_, answer) => void answer.end('4d61', 'hex'))).toString()).toBe('Ma')
})

test('whoever asks to be told when an answer is through is told', async () => {
  const told: string[] = []
  await received((_, answer) => void answer.end(Buffer.from('Metropolis'), () => told.push('bytes')))
  await received((_, answer) => void answer.end('Metropolis', 'utf8', () => told.push('text')))
  await received((_, answer) => void answer.end(() => told.push('nothing')))
  expect(told).toEqual(['bytes', 'text', 'nothing'])
})
