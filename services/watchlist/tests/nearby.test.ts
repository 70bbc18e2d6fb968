import { randomUUIDv7 } from 'node:crypto'
import { showCancelled, showChanged } from '@marquee/contracts/theaters'
import { watchlistShowNearby } from '@marquee/contracts/watchlist'
import { advanceClock, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { berlin, hamburg, openWatchlist } from './film-fans.ts'

let world: Awaited<ReturnType<typeof openWatchlist>>
beforeEach(async () => {
  world = await openWatchlist({ tellAtOnce: 3 })
})
afterEach(() => world.service.stop())

async function fan(number: number, location?: typeof berlin, radiusKm = 30) {
  const caller = person()
  if (location) await world.service.as(caller).putHome({ home: { label: 'Home', location, radiusKm } })
  await world.service.as(caller).addToWatchlist({ movieId: world.film(number).movieId })
  return caller
}
/** Somebody brings films along from elsewhere. */
const bring = ({ userId }: { userId: string }, ...numbers: number[]) =>
  world.service.asService().importWatchlist({
    userId,
    films: numbers.map((number) => ({
      movieId: world.film(number).movieId,
      addedAt: '2020-01-01T00:00:00Z',
    })),
  })
const line = (number: number, { userId }: { userId: string }, theater = 'Lantern') =>
  `Film ${number} at ${theater} to ${userId}`

test('those who live near, and those who gave no home, are told of a show of a film on their list', async () => {
  const near = await fan(1, berlin)
  const anywhere = await fan(1)
  await fan(1, hamburg)
  await fan(2, berlin)
  await world.schedule(world.film(1))
  expect((await world.told()).sort()).toEqual([line(1, near), line(1, anywhere)].sort())
})

test('a wide circle reaches farther', async () => {
  const far = await fan(1, hamburg, 300)
  await world.schedule(world.film(1))
  expect(await world.told()).toEqual([line(1, far)])
})

test('each is told once for a film and theater, however many shows follow', async () => {
  const alice = await fan(1)
  const { theaterId } = await world.schedule(world.film(1))
  await world.schedule(world.film(1), { theaterId })
  await world.told()
  await world.schedule(world.film(1), { theaterId })
  await world.schedule(world.film(1), { theaterName: 'Harbour' })
  expect((await world.told()).sort()).toEqual([line(1, alice, 'Harbour'), line(1, alice)])
})

test('whoever takes the film off the list is not told, and anew when it is back', async () => {
  const alice = await fan(1)
  const movie = { movieId: world.film(1).movieId }
  const { theaterId } = await world.schedule(world.film(1))
  await world.service.as(alice).removeFromWatchlist(movie)
  expect(await world.told()).toEqual([])
  await world.service.as(alice).addToWatchlist(movie)
  expect(await world.told()).toEqual([line(1, alice)])
  await world.service.as(alice).removeFromWatchlist(movie)
  await world.service.as(alice).addToWatchlist(movie)
  expect(await world.told()).toEqual([line(1, alice), line(1, alice)])
  const theaters = (await world.service.published(watchlistShowNearby)).map((told) => told.theaterId)
  expect(theaters).toEqual([theaterId, theaterId])
})

test('a film that is on already is told of when it is put on the list, also by an import', async () => {
  await world.schedule(world.film(1))
  await world.schedule(world.film(1), { theaterName: 'Harbour', location: hamburg })
  const near = await fan(1, berlin)
  const [bob, anywhere] = [await fan(2, hamburg), await fan(1)]
  await bring(bob, 1)
  expect((await world.told()).sort()).toEqual(
    [line(1, near), line(1, bob, 'Harbour'), line(1, anywhere)].sort(),
  )
})

test('whoever lists a film and has no home is told of its soonest show alone, and of theaters it comes to', async () => {
  const inDays = (days: number) => ({
    startsAt: Temporal.Now.instant()
      .add({ hours: days * 24 })
      .toString(),
  })
  const harbour = { theaterId: randomUUIDv7(), theaterName: 'Harbour', location: hamburg }
  await world.schedule(world.film(1), { ...harbour, ...inDays(3) })
  await world.schedule(world.film(1), inDays(2))
  await world.schedule(world.film(1), { theaterName: 'Forum', ...inDays(4) })
  await world.told()
  const alice = await fan(1)
  expect(await world.told()).toEqual([line(1, alice)])
  await world.schedule(world.film(1), harbour)
  expect(await world.told()).toEqual([line(1, alice)])
  await world.schedule(world.film(1), { theaterName: 'Odeon' })
  expect(await world.told()).toEqual([line(1, alice), line(1, alice, 'Odeon')])
  await world.service.as(alice).putHome({ home: { label: 'Home', location: hamburg, radiusKm: 30 } })
  expect((await world.told()).sort()).toEqual(
    [line(1, alice), line(1, alice, 'Harbour'), line(1, alice, 'Odeon')].sort(),
  )
})

test('whoever takes their home away is told of no theater where a film was on all along', async () => {
  const harbour = { theaterId: randomUUIDv7(), theaterName: 'Harbour', location: hamburg }
  await world.schedule(world.film(1), harbour)
  const alice = await fan(1, berlin)
  expect(await world.told()).toEqual([])
  await world.service.as(alice).putHome({ home: null })
  expect(await world.told()).toEqual([])
  await world.schedule(world.film(1), harbour)
  expect(await world.told()).toEqual([])
  await world.schedule(world.film(1), { theaterName: 'Odeon' })
  expect(await world.told()).toEqual([line(1, alice, 'Odeon')])
})

test('a home that is taken away while a film is put on the list brings no news of everywhere', async () => {
  for (const theaterName of ['Lantern', 'Harbour', 'Forum'])
    await world.schedule(world.film(1), { theaterName })
  await world.told()
  const alice = person()
  const home = { label: 'Home', location: hamburg, radiusKm: 30 }
  await world.service.as(alice).putHome({ home })
  await world.service.admin.query(`
    create function watchlist.meanwhile() returns trigger language plpgsql as $$ begin
      delete from watchlist.documents_homes; return null; end $$;
    create trigger meanwhile after insert on watchlist.documents_wishes for each row execute function watchlist.meanwhile()`)
  await world.service.as(alice).addToWatchlist({ movieId: world.film(1).movieId })
  expect(await world.told()).toEqual([])
})

test('whoever brings a list and has no home is told of nothing that is on already, and of what comes', async () => {
  const lantern = await world.schedule(world.film(1))
  await world.schedule(world.film(2), { theaterName: 'Harbour', location: hamburg })
  const alice = person()
  await bring(alice, 1, 2)
  expect(await world.told()).toEqual([])
  await world.schedule(world.film(1), { theaterId: lantern.theaterId })
  expect(await world.told()).toEqual([])
  await world.schedule(world.film(1), { theaterName: 'Harbour', location: hamburg })
  expect(await world.told()).toEqual([line(1, alice, 'Harbour')])
  await world.service.as(alice).putHome({ home: { label: 'Home', location: berlin, radiusKm: 30 } })
  expect(await world.told()).toEqual([line(1, alice, 'Harbour'), line(1, alice)])
})

test('a home that is said while a list comes in is heeded', async () => {
  await world.schedule(world.film(1))
  await world.schedule(world.film(1), { theaterName: 'Harbour', location: hamburg })
  expect(await world.told()).toEqual([])
  const alice = person()
  const home = JSON.stringify({ label: 'Home', location: berlin, radiusKm: 30 })
  await world.service.admin.query(`
    create function watchlist.meanwhile() returns trigger language plpgsql as $$ begin
      insert into watchlist.documents_homes (id, version, data) values ('${alice.userId}', 1, '${home}');
      return null; end $$;
    create trigger meanwhile after insert on watchlist.documents_wishes for each row execute function watchlist.meanwhile()`)
  await bring(alice, 1)
  expect(await world.told()).toEqual([line(1, alice)])
})

test('a show is told as near only to those who said where near is, and with its city to everybody', async () => {
  const [near, anywhere] = [await fan(1, berlin), await fan(1)]
  await world.schedule(world.film(1))
  await world.told()
  const [later, elsewhere] = [await fan(1, berlin), await fan(1)]
  await world.service.as(elsewhere).removeFromWatchlist({ movieId: world.film(1).movieId })
  await world.service.as(elsewhere).addToWatchlist({ movieId: world.film(1).movieId })
  const moved = person()
  await bring(moved, 1)
  await world.service.as(moved).putHome({ home: { label: 'Home', location: berlin, radiusKm: 30 } })
  await world.told()
  const told = await world.service.published(watchlistShowNearby)
  const toldTo = ({ userId }: { userId: string }) => [
    ...new Set(told.filter((one) => one.userId === userId).map((one) => `${one.near} ${one.city}`)),
  ]
  for (const one of [near, later, moved]) expect(toldTo(one)).toEqual(['true Berlin'])
  for (const one of [anywhere, elsewhere]) expect(toldTo(one)).toEqual(['false Berlin'])
})

test('a show announced while its film is put on the list is told of, also by an import', async () => {
  const { service } = world
  await service.admin.query(`
    create function watchlist.meanwhile() returns trigger language plpgsql as $$ begin
      insert into watchlist.shows (id, version, movie_id, movie_title, theater_id, theater_name, starts_at, local_start, cancelled)
      values (gen_random_uuid(), 1, '${world.film(1).movieId}', 'Film 1', gen_random_uuid(), 'Harbour',
        now() + interval '2 days', '2026-12-01T19:30', false);
      return null; end $$;
    create trigger meanwhile after insert on watchlist.documents_wishes for each row execute function watchlist.meanwhile()`)
  const alice = await fan(1)
  expect(await world.told()).toEqual([line(1, alice, 'Harbour')])
  await service.admin.query('truncate watchlist.shows')
  const bob = person()
  await bring(bob, 1)
  expect(await world.told()).toEqual([line(1, alice, 'Harbour'), line(1, bob, 'Harbour')])
})

test('whoever says where near is afterwards is told of what is on there already, once', async () => {
  await world.schedule(world.film(1), { theaterName: 'Harbour', location: hamburg })
  await world.schedule(world.film(2), { theaterName: 'Harbour', location: hamburg })
  await world.schedule(world.film(3), { theaterName: 'Unplaced', location: undefined })
  const alice = await fan(1, berlin)
  for (const number of [2, 3, 4, 5])
    await world.service.as(alice).addToWatchlist({ movieId: world.film(number).movieId })
  expect(await world.told()).toEqual([])
  const live = (location: typeof berlin) =>
    world.service.as(alice).putHome({ home: { label: 'Home', location, radiusKm: 30 } })
  await live(hamburg)
  const both = [line(1, alice, 'Harbour'), line(2, alice, 'Harbour')].sort()
  expect((await world.told()).sort()).toEqual(both)
  await live(berlin)
  await live(hamburg)
  expect((await world.told()).sort()).toEqual(both)
})

test('a home that was kept just before a crash is looked at all the same', async () => {
  await world.schedule(world.film(1), { theaterName: 'Harbour', location: hamburg })
  const alice = await fan(1, berlin)
  await world.told()
  await world.service.admin.query(`
    create function watchlist.trip() returns trigger language plpgsql as
      $$ begin if new.taken_until <= clock() then raise exception 'lost'; end if; return new; end $$;
    create trigger trip before update on watchlist.moved for each row execute function watchlist.trip()`)
  const home = { label: 'Home', location: hamburg, radiusKm: 30 }
  await expect(world.service.as(alice).putHome({ home })).rejects.toThrow('lost')
  await world.service.admin.query('drop trigger trip on watchlist.moved')
  expect(await world.told()).toEqual([])
  await advanceClock(world.service.db, { minutes: 2 })
  expect(await world.told()).toEqual([line(1, alice, 'Harbour')])
})

test('a show that was cancelled or has begun before is told to nobody', async () => {
  const { showId } = await world.schedule(world.film(1))
  await fan(2)
  await world.service.deliver(showCancelled, { showId, version: 2 })
  await fan(1)
  const soon = Temporal.Now.instant().add({ minutes: 10 }).toString()
  await world.schedule(world.film(2), { startsAt: soon })
  await advanceClock(world.service.db, { minutes: 20 })
  expect(await world.told()).toEqual([])
})

test('a cancellation that comes before its show is heeded', async () => {
  await fan(1)
  const showId = '018f0000-0000-7000-8000-000000000001'
  await world.service.deliver(showCancelled, { showId, version: 2 })
  await world.schedule(world.film(1), { showId })
  expect(await world.told()).toEqual([])
})

test('what a closed theater planned is told to nobody, and once it is sold again to those who wait', async () => {
  const before = await fan(1)
  const show = await world.schedule(world.film(1))
  const closedAt = Temporal.Now.instant().subtract({ minutes: 1 }).toString()
  const closed = { onlineUntil: closedAt, counterUntil: closedAt }
  await world.service.deliver(showChanged, { ...show, ...closed, version: 2 })
  const [near, anywhere] = [await fan(1, berlin), await fan(1)]
  expect(await world.told()).toEqual([])
  await world.service.deliver(showChanged, { ...show, version: 3 })
  const everybody = [before, near, anywhere].map((one) => line(1, one)).sort()
  expect((await world.told()).sort()).toEqual(everybody)
  await world.service.deliver(showChanged, { ...show, ...closed, version: 4 })
  await world.service.deliver(showChanged, { ...show, version: 5 })
  expect((await world.told()).sort()).toEqual(everybody)
})

test('a show that changes its film is told to those who wait for that one', async () => {
  const alice = await fan(1)
  const bob = await fan(2)
  const show = await world.schedule(world.film(1))
  await world.told()
  await world.service.deliver(showChanged, {
    ...show,
    version: 2,
    movieId: world.film(2).movieId,
    movieTitle: 'Film 2',
  })
  expect(await world.told()).toEqual([line(1, alice), line(2, bob)])
})

test('a show that changes its film while people are told of it is told to those who wait for the new one', async () => {
  const alice = await fan(1)
  const bob = await fan(2)
  const show = await world.schedule(world.film(1))
  const [held, changed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = world.service.admin.transaction(async (tx) => {
    // Nobody can be told of anything meanwhile.
    await tx.query('select from watchlist.documents_wishes for update')
    held.resolve()
    await changed.promise
  })
  await held.promise
  const telling = world.service.runJob('tell-nearby')
  const waiting = () =>
    world.service.admin.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  await expect.poll(waiting).toMatchObject({ rowCount: 1 })
  const { movieId, title: movieTitle } = world.film(2)
  await world.service.deliver(showChanged, { ...show, version: 2, movieId, movieTitle })
  changed.resolve()
  await Promise.all([holding, telling])
  expect((await world.told()).sort()).toEqual([line(1, alice), line(2, bob)].sort())
})

test('a film on many lists is told page by page; what a crash interrupts goes on where it was', async () => {
  const fans = []
  for (let count = 0; count < 8; count += 1) fans.push(await fan(1))
  await world.schedule(world.film(1))
  await world.service.admin.query(`
    create function watchlist.trip() returns trigger language plpgsql as
      $$ begin if new.cursor is not null then raise exception 'lost'; end if; return new; end $$;
    create trigger trip after update on watchlist.tidings for each row execute function watchlist.trip()`)
  await expect(world.service.runJob('tell-nearby')).rejects.toThrow('lost')
  await world.service.admin.query('drop trigger trip on watchlist.tidings')
  await advanceClock(world.service.db, { minutes: 2 })
  expect((await world.told()).sort()).toEqual(fans.map((one) => line(1, one)).sort())
  const { rowCount } = await world.service.db.query('select from tidings')
  expect(rowCount).toBe(0)
})
