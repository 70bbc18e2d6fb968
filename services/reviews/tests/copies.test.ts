import { randomUUIDv7 } from 'node:crypto'
import { userErased, userRegistered, userUpdated } from '@marquee/contracts/identity'
import { movieChanged } from '@marquee/contracts/movies'
import { afterEach, expect, test } from 'vitest'
import { type Club, facts, openClub } from './film-club.ts'

let club: Club
afterEach(() => club.stop())

const films = async () =>
  (await club.db.query('select title, version, deleted from movies order by title')).rows
const people = async () =>
  (await club.db.query('select handle, name, erased from people order by handle')).rows

test('films and people that were there before are copied once', async () => {
  const before = [1, 2, 3].map((at) => ({ id: randomUUIDv7(), title: `Film ${at}` }))
  const users = [randomUUIDv7(), randomUUIDv7()]
  club = await openClub({ films: before, people: users })
  await club.runJob('copy-once')
  expect(await films()).toMatchObject(before.map(({ title }) => ({ title })))
  expect(await people()).toMatchObject([{ handle: 'person_0' }, { handle: 'person_1' }])
  expect((await club.db.query('select what from copied where done order by what')).rows).toEqual([
    { what: 'films' },
    { what: 'people' },
  ])
})

test('an older word about a film changes nothing', async () => {
  club = await openClub()
  const id = randomUUIDv7()
  await club.deliver(movieChanged, facts(id, 'Sunrise: A Song of Two Humans', 2))
  await club.deliver(movieChanged, facts(id, 'Sunrise', 1))
  expect(await films()).toEqual([{ title: 'Sunrise: A Song of Two Humans', version: 2, deleted: false }])
})

test('names follow, and an erased person has none, whatever comes later', async () => {
  club = await openClub()
  const userId = randomUUIDv7()
  const told = { userId, email: 'a@b.example', name: 'Robin', handle: 'robin' }
  await club.deliver(userRegistered, told, { key: userId, version: 1 })
  await club.deliver(userUpdated, { userId, name: 'Robin Hood', handle: 'hood' }, { key: userId, version: 3 })
  await club.deliver(userUpdated, { userId, name: 'Rob', handle: 'rob' }, { key: userId, version: 2 })
  expect(await people()).toEqual([{ handle: 'hood', name: 'Robin Hood', erased: false }])
  await club.deliver(userErased, { userId }, { key: userId, version: 4 })
  await club.deliver(userUpdated, { userId, name: 'Rob', handle: 'rob' }, { key: userId, version: 9 })
  expect(await people()).toEqual([{ handle: '', name: '', erased: true }])
})
