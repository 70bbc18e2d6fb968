import { expect, test } from 'vitest'
import { publicPageAt } from './public-pages.ts'

test('the programme, films and theaters are kept for everybody, with their data', () => {
  for (const path of [
    '/',
    '/_root.data',
    '/films',
    '/films.data',
    '/films/abc',
    '/films/abc.data',
    '/theaters/abc',
    '/search',
    '/people/ana',
  ])
    expect(publicPageAt(path), path).toBeDefined()
})

test('what differs from person to person is never kept', () => {
  const personal = [
    '/account',
    '/orders',
    '/orders/abc',
    '/tickets/abc',
    '/door',
    '/manage',
    '/login',
    '/dev/outbox',
    '/diary',
    '/watchlist',
    '/notifications',
    '/people/ana/followers',
    '/import/abc',
    '/moderation',
  ]
  for (const path of personal) expect(publicPageAt(path), path).toBeUndefined()
})

test('a changed film or show throws away the pages that show it', () => {
  expect(publicPageAt('/films/abc')?.tags).toContain('movie:abc')
  expect(publicPageAt('/films/abc')?.tags).toEqual(expect.arrayContaining(['ratings:abc', 'reviews:abc']))
  expect(publicPageAt('/films/abc.data')?.tags).toContain('shows')
  expect(publicPageAt('/posters/abc.svg')?.tags).toEqual(['movie:abc'])
  expect(publicPageAt('/films/%61BC')?.tags).toContain('movie:abc')
  expect(publicPageAt('/films/%zz')?.tags).toContain('movie:%zz')
})

test('the page of a show is thrown away with the shows, of which theaters tells when one is changed or cancelled', () => {
  for (const path of ['/shows/abc', '/shows/abc.data']) expect(publicPageAt(path)?.tags).toEqual(['shows'])
})
