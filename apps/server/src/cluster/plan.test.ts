import { expect, test } from 'vitest'
import { addressesOf, planCluster, readPlan } from './plan.ts'

test('a cluster has two gateways, two of booking with their work apart, and one of the rest', () => {
  expect(planCluster(['identity', 'booking']).map(({ name, does }) => `${name} ${does}`)).toEqual([
    'gateway-1 serve',
    'gateway-2 serve',
    'identity both',
    'booking-1 serve',
    'booking-2 serve',
    'booking-work work',
  ])
})

test('calls go to whoever serves', () => {
  const parts = planCluster(['identity', 'booking']).map((part, at) => ({ ...part, port: 4000 + at }))
  expect(addressesOf(parts)).toBe(
    'identity=http://127.0.0.1:4002,booking=http://127.0.0.1:4003|http://127.0.0.1:4004',
  )
})

test('somebody plans a split of their own', () => {
  const plan = readPlan('gateway*2, identity+booking*2, movies', ['identity', 'booking', 'movies'])
  expect(plan.map(({ name, services }) => `${name}: ${services.join(' ')}`)).toEqual([
    'gateway-1: gateway',
    'gateway-2: gateway',
    'part-2-1: identity booking',
    'part-2-2: identity booking',
    'movies: movies',
  ])
})

test('a split that leaves a service out, or names one that is none, is refused', () => {
  expect(() => readPlan('gateway,identity', ['identity', 'booking'])).toThrow('no part hosts booking')
  expect(() => readPlan('gateway,bokking', ['booking'])).toThrow('"bokking" must look like')
})
