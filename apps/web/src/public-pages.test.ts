import { expect, test } from 'vitest'
import { isPublicPage, publicPageTags } from './public-pages.ts'

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
    expect(isPublicPage(path), path).toBe(true)
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
  for (const path of personal) expect(isPublicPage(path), path).toBe(false)
})

test('a changed film or show throws away the pages that show it', () => {
  expect(publicPageTags('/films/abc')).toContain('movie:abc')
  expect(publicPageTags('/films/abc')).toEqual(expect.arrayContaining(['ratings:abc', 'reviews:abc']))
  expect(publicPageTags('/films/abc.data')).toContain('shows')
  expect(publicPageTags('/posters/abc.svg')).toEqual(['movie:abc'])
  expect(publicPageTags('/films/%61BC')).toContain('movie:abc')
  expect(publicPageTags('/films/%zz')).toContain('movie:%zz')
})
