import { expect, test } from 'vitest'
import { readRedisAddress, showRedisAddress } from './redis-address.ts'

test('one server, with and without what can be left out', () => {
  expect(readRedisAddress('redis://cache')).toMatchObject({
    kind: 'server',
    hosts: [{ host: 'cache', port: 6379 }],
    database: 0,
    tls: false,
  })
  expect(readRedisAddress('rediss://us%40er:p%3Aw@[::1]:7000/3')).toMatchObject({
    hosts: [{ host: '::1', port: 7000 }],
    database: 3,
    tls: true,
    username: 'us@er',
    password: 'p:w',
  })
})

test('sentinels with the master’s name, and nodes of a cluster', () => {
  expect(readRedisAddress('redis+sentinel://:secret@a:1,b/main/2')).toMatchObject({
    kind: 'sentinel',
    hosts: [
      { host: 'a', port: 1 },
      { host: 'b', port: 26_379 },
    ],
    master: 'main',
    database: 2,
    password: 'secret',
  })
  expect(readRedisAddress('redis+cluster://a:1,b:2')).toMatchObject({
    kind: 'cluster',
    hosts: [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ],
  })
})

test.each([
  ['http://cache', /^must be redis:/],
  ['redis://a,b', /several hosts/],
  ['redis+sentinel://a:1', /name of the master/],
  ['redis+cluster://a:1/1', /only 0/],
  ['redis://cache/films', /no number/],
  ['redis://cache:99999', /host or host:port/],
  ['redis://:100%@cache', /%25/],
])('%s is refused with the reason, and never shown with its password', (text, reason) => {
  expect(() => readRedisAddress(text)).toThrow(reason)
})

test('no password is shown, not even of an address that cannot be read', () => {
  expect(showRedisAddress('redis://me:secret@cache:1/2')).toBe('redis://cache:1/2')
  expect(showRedisAddress('redis+sentinel://:secret@a,b/main')).toBe('redis+sentinel://a,b/main')
  for (const broken of ['redis://me:pass/word@cache', 'password', 'redis://me:password@'])
    expect(showRedisAddress(broken)).not.toMatch(/pass|word/)
})
