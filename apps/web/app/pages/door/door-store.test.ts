import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chooseShow, chosenShow, keepList, keepScan, keepShow, keptShows, loadKept } from './door-store.ts'
import type { Manifest, QueuedScan } from './door-types.ts'

/** As a browser's: what is kept are its own properties. */
function storage(): Storage {
  const kept: Record<string, string> = {}
  const methods = {
    getItem: (name: string) => kept[name] ?? null,
    setItem: (name: string, value: string) => void Object.assign(kept, { [name]: value }),
    removeItem: (name: string) => void delete kept[name],
  }
  return new Proxy(kept, {
    get: (target, name) => Reflect.get(methods, name) ?? Reflect.get(target, name),
  }) as unknown as Storage
}
const scan = (scanId: string, scannedAt: string): QueuedScan => ({
  code: `MQ1.${scanId}`,
  showId: 'ours',
  scanId,
  scannedAt,
  result: 'admitted',
  seat: 'F 12',
})
const list = (id: string, startsAt: string, generatedAt = startsAt) =>
  ({ show: { id, startsAt }, generatedAt, tickets: [] }) as unknown as Manifest
const show = (id: string) => list(id, '2026-12-01T18:30:00Z').show as never

beforeEach(() => vi.stubGlobal('window', { localStorage: storage(), sessionStorage: storage() }))
afterEach(() => vi.unstubAllGlobals())

test('guests that a door of before let in are told of too, in the order in which they came', () => {
  const old = {
    queue: [scan('b', '2026-12-01T18:32:00Z')],
    show: show('ours'),
    manifest: list('ours', '2026-12-01T18:30:00Z'),
  }
  window.localStorage.setItem('door', JSON.stringify(old))
  expect(chosenShow()).toEqual(old.show)
  keepScan(scan('a', '2026-12-01T18:31:00Z'))
  expect(loadKept('ours').queue.map(({ scanId }) => scanId)).toEqual(['a', 'b'])
  expect(loadKept('ours').manifest).toEqual(old.manifest)
  expect(window.localStorage.getItem('door')).toBeNull()
})

test('a tab stays the door of its show while another tab becomes that of another', () => {
  chooseShow(show('ours'))
  const thisTab = window.sessionStorage
  vi.stubGlobal('window', { localStorage: window.localStorage, sessionStorage: storage() })
  chooseShow(show('theirs'))
  vi.stubGlobal('window', { localStorage: window.localStorage, sessionStorage: thisTab })
  expect(chosenShow()?.id).toBe('ours')
  vi.stubGlobal('window', { localStorage: window.localStorage, sessionStorage: storage() })
  expect(chosenShow()?.id).toBe('theirs')
})

test('one may come back to a show whose list is kept, the next show first, and not to one long past', () => {
  const keep = (id: string, startsAt: string, generatedAt = startsAt) => {
    keepList(list(id, startsAt, generatedAt))
    keepShow({ id, startsAt } as never)
  }
  keep('long past', '2026-11-28T18:30:00Z')
  keep('late', '2026-12-01T20:30:00Z', '2026-12-01T18:00:00Z')
  keep('tonight', '2026-12-01T18:30:00Z', '2026-12-01T18:00:00Z')
  expect(keptShows().map(({ id }) => id)).toEqual(['tonight', 'late'])
})

test('lists of two shows are kept beside each other, and one of a show long past goes', () => {
  keepList(list('long past', '2026-11-28T18:30:00Z'))
  keepList(list('yesterday', '2026-11-30T18:30:00Z'))
  keepList(list('tonight', '2026-12-01T18:30:00Z', '2026-12-01T18:00:00Z'))
  expect(loadKept('tonight').manifest).toBeDefined()
  expect(loadKept('yesterday').manifest).toBeDefined()
  expect(loadKept('long past').manifest).toBeUndefined()
})
