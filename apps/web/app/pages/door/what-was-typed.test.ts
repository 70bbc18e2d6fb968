import { expect, test } from 'vitest'
import { whatWasTyped } from './what-was-typed.ts'

test('tells the number of an order from the code of a ticket, however they are typed', () => {
  expect(['3F9QK-7M2XD', '3f9qk7m2xd', 'O1LQK 7M2XD'].map(whatWasTyped)).toEqual(
    Array(3).fill('order-number'),
  )
  expect(['7KQ2-M4XD', '7kq2m4xd', '7KQ2 M4XO'].map(whatWasTyped)).toEqual(Array(3).fill('short-code'))
  expect(['', 'MQ1.payload.signature', '7KQ2-M4X', 'hello'].map(whatWasTyped)).toEqual(
    Array(4).fill(undefined),
  )
})
