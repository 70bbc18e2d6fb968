import { afterEach, expect, test, vi } from 'vitest'
import { onDevice } from './storage.ts'

afterEach(() => vi.unstubAllGlobals())

test('a browser that refuses to keep anything keeps it until it is told to forget', () => {
  vi.stubGlobal('window', {
    get localStorage(): Storage {
      throw new Error('cookies are blocked')
    },
  })
  expect(onDevice.read('orders')).toBeNull()
  onDevice.write('orders', '["a"]')
  expect(onDevice.readJson('orders')).toEqual(['a'])
  onDevice.forget('orders')
  expect(onDevice.readJson('orders')).toBeUndefined()
})

test('what somebody else wrote over it is nothing', () => {
  vi.stubGlobal('window', { localStorage: { getItem: () => '["cut off' } })
  expect(onDevice.readJson('orders')).toBeUndefined()
})
