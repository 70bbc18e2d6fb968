import { describe, expect, it } from 'vitest'
import { mayUseCookies } from './csrf.ts'

const post = {
  method: 'POST',
  byCookie: true,
  host: 'cinema.example',
  secFetchSite: undefined,
  origin: undefined,
}

describe('cookies speak for a visitor', () => {
  it('on pages of the site itself', () => {
    expect(mayUseCookies({ ...post, secFetchSite: 'same-origin' })).toBe(true)
    expect(mayUseCookies({ ...post, origin: 'https://cinema.example' })).toBe(true)
  })
  it('not on another site, not even on a sister site', () => {
    expect(mayUseCookies({ ...post, secFetchSite: 'cross-site' })).toBe(false)
    expect(mayUseCookies({ ...post, secFetchSite: 'same-site' })).toBe(false)
    expect(mayUseCookies({ ...post, origin: 'https://evil.example' })).toBe(false)
    expect(mayUseCookies({ ...post, origin: 'null' })).toBe(false)
  })
  it('not when the request does not say where it comes from', () => {
    expect(mayUseCookies(post)).toBe(false)
  })
  it('always for reading, and never needed by programs with a token', () => {
    expect(mayUseCookies({ ...post, method: 'GET', secFetchSite: 'cross-site' })).toBe(true)
    expect(mayUseCookies({ ...post, byCookie: false })).toBe(true)
  })
})
