import { expect, test } from 'vitest'
import { createBalancer, createStaticDiscovery, readAddresses } from './index.ts'

const two = createStaticDiscovery({ booking: ['http://a:1', 'http://b:1'] })

test('calls go to whoever has the fewest pending, in turn among equals', () => {
  const balancer = createBalancer(two)
  const first = balancer.reach('booking')
  const second = balancer.reach('booking')
  expect(new Set([first?.address, second?.address]).size).toBe(2)
  first?.done(true)
  expect(balancer.reach('booking')?.address).toBe(first?.address)
})

test('an instance that does not answer rests, longer each time, and is tried again', () => {
  let time = 0
  const balancer = createBalancer(two, { now: () => time })
  const askAll = () => Array.from({ length: 4 }, () => balancer.reach('booking'))
  const failing = () => {
    for (const reach of askAll()) reach?.done(reach.address === 'http://b:1')
  }
  failing()
  const addresses = () => {
    const reaches = askAll()
    for (const reach of reaches) reach?.done(true)
    return new Set(reaches.map((reach) => reach?.address))
  }
  expect(addresses()).toEqual(new Set(['http://b:1']))
  time += 6000
  expect(addresses().has('http://a:1')).toBe(true)
})

test('when every instance rests somebody is asked all the same', () => {
  const balancer = createBalancer(two)
  for (let at = 0; at < 4; at++) balancer.reach('booking')?.done(false)
  expect(balancer.reach('booking')).toBeDefined()
})

test('who was tried already is left out, and a service nobody knows has nobody', () => {
  const balancer = createBalancer(two)
  expect(balancer.reach('booking', ['http://a:1', 'http://b:1'])).toBeUndefined()
  expect(balancer.reach('movies')).toBeUndefined()
})

test('addresses are read from one line, and a bad one is named', () => {
  expect(readAddresses('booking=http://a:1|http://b:1/, movies=https://m')).toEqual({
    booking: ['http://a:1', 'http://b:1'],
    movies: ['https://m'],
  })
  expect(() => readAddresses('booking')).toThrow('"booking" must look like')
  expect(() => readAddresses('booking=http://a:31OO')).toThrow('"booking=http://a:31OO" must look like')
})
