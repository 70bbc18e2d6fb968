import { expect, it } from 'vitest'
import { reachableAt } from './finding-settings.ts'
import { readSettings } from './settings.ts'

const finding = (env: Record<string, string>) => readSettings(env).finding

it('nothing is looked for and nothing is watched unless asked', () => {
  expect(finding({})).toEqual({
    discovery: { by: 'static' },
    etcd: undefined,
    watch: undefined,
    advertise: undefined,
  })
})

it('a setting that needs another says which, in one line', () => {
  expect(() => finding({ MARQUEE_DISCOVERY: 'dns' })).toThrow(/^MARQUEE_DISCOVERY=dns needs MARQUEE_DNS_NAME/)
  expect(() => finding({ MARQUEE_DISCOVERY: 'etcd' })).toThrow(/^MARQUEE_DISCOVERY=etcd needs ETCD_URL/)
  expect(() => finding({ MARQUEE_WATCH: 'etcd' })).toThrow(/^MARQUEE_WATCH=etcd needs ETCD_URL/)
})

it('a bad value is named with its variable, and a password is not shown', () => {
  expect(() => finding({ MARQUEE_DISCOVERY: 'consul' })).toThrow(/^MARQUEE_DISCOVERY is "consul"/)
  expect(() => finding({ MARQUEE_DNS_NAME: 'booking.local' })).toThrow(/^MARQUEE_DNS_NAME is .*\{service\}/)
  expect(() => finding({ MARQUEE_ETCD_PREFIX: 'marquee' })).toThrow(/must end with a slash/)
  expect(() => finding({ ETCD_URL: 'etcd:2379' })).toThrow(/ETCD_URL .*must look like http:/)
  expect(() => finding({ ETCD_URL: 'http://root:hush@etcd:2379/v3' })).toThrow(/^(?!.*hush).*ETCD_URL/)
})

it('etcd may have several members, and a user', () => {
  expect(
    finding({ MARQUEE_DISCOVERY: 'etcd', ETCD_URL: 'http://root:hush@a:2379, http://b:2379' }).etcd,
  ).toEqual({
    address: { urls: ['http://a:2379', 'http://b:2379'], user: 'root', password: 'hush' },
    prefix: 'marquee/',
  })
})

it('who listens on one address is reached there', () => {
  expect(reachableAt('10.0.0.7', 3100)).toBe('http://10.0.0.7:3100')
  expect(reachableAt('0.0.0.0', 3100)).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:3100$/)
})
