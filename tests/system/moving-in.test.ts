import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { type Account, made, newcomer, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'

type Import = {
  id: string
  status: string
  written: Record<string, number>
  unmatched: { key: string; title: string }[]
}

let marquee: Marquee
let robin: Account
let kept: { id: string }
let doubted: { id: string }
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  const admin = await person(marquee.origin, 'admin@marquee.example')
  robin = await newcomer(marquee.origin, 'robin')
  const film = (title: string, year: number) => made(admin('POST', '/api/movies', { body: { title, year } }))
  ;[kept, doubted] = [await film('The Long Quay', 2024), await film('A Ferry at Dawn', 1931)]
  const nobody = client(marquee.origin)
  await until(async () =>
    (await Promise.all([kept, doubted].map(({ id }) => nobody('GET', `/api/movies/${id}/reviews`)))).every(
      ({ status }) => status === 200,
    ),
  )
}, 120_000)
afterAll(() => marquee?.remove())

const rows = [
  'Date,Name,Year,Letterboxd URI,Rating',
  '2024-03-02,The Long Quay,2024,x,4.5',
  '2024-03-03,A Fery at Dawn,1931,x,3',
]
async function moveIn(who: Ask, content: string, name: string): Promise<Import> {
  const form = new FormData()
  form.set('file', new File([content], name))
  const { id } = await made(who('POST', '/api/me/import', { body: form }))
  return settled(who, id)
}
async function settled(who: Ask, id: string): Promise<Import> {
  const look = () => made<Import>(who('GET', `/api/me/imports/${id}`))
  await until(async () => !['waiting', 'running'].includes((await look()).status))
  return look()
}
const starsOf = async (who: Ask, movie: { id: string }) =>
  (await who('GET', `/api/movies/${movie.id}/rating`)).body.stars

it('a film lover moves in with a file, says which film the doubtful one is, and a second time changes nothing', async () => {
  const first = await moveIn(robin, `${rows.join('\n')}\n`, 'ratings.csv')
  expect(first).toMatchObject({ status: 'doubtful', written: { ratings: 1 } })
  expect(await starsOf(robin, kept)).toBe(4.5)
  const matches = first.unmatched.map(({ key }) => ({ key, movieId: doubted.id }))
  await made(robin('POST', `/api/me/imports/${first.id}/matches`, { body: { matches } }))
  expect(await settled(robin, first.id)).toMatchObject({ status: 'done', written: { ratings: 2 } })
  expect(await starsOf(robin, doubted)).toBe(3)
  const again = await moveIn(robin, `${rows.join('\n')}\n`, 'ratings.csv')
  expect(again).toMatchObject({ status: 'done', written: { ratings: 0, unchanged: 2 } })
})

it('what somebody takes along comes in again in another account as it was', async () => {
  const { text } = await robin('GET', '/api/me/export/community.json')
  const kim = await newcomer(marquee.origin, 'kim')
  expect(await moveIn(kim, text, 'community.json')).toMatchObject({ status: 'done', written: { ratings: 2 } })
  expect([await starsOf(kim, kept), await starsOf(kim, doubted)]).toEqual([4.5, 3])
})

it('a file of a hundred megabytes is refused with how large it may be, also on its way through a gateway', async () => {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(100_000_000)], 'ratings.csv'))
  const { status, body } = await robin('POST', '/api/me/import', { body: form })
  expect({ status, body }).toMatchObject({
    status: 413,
    body: { code: 'too-large', detail: expect.stringContaining('20000000 bytes') },
  })
  expect(await starsOf(robin, kept)).toBe(4.5)
})

it('nobody looks into another’s move', async () => {
  const { id } = await moveIn(robin, 'a,b\n1,2\n', 'x.csv')
  const stranger = await newcomer(marquee.origin, 'stranger')
  expect((await stranger('GET', `/api/me/imports/${id}`)).status).toBe(403)
})
