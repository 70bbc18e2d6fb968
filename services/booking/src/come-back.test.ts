import { expect, test } from 'vitest'
import { comeBackTo } from './come-back.ts'

test('who came by another name of this machine comes back by it', () => {
  const site = 'http://localhost:3000'
  expect(comeBackTo(site, 'http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000')
  expect(comeBackTo(site, 'http://[::1]:3000')).toBe('http://[::1]:3000')
  expect(comeBackTo(site, 'http://localhost:3000')).toBe(site)
  expect(comeBackTo('http://127.0.0.1:4100', 'http://localhost:4100')).toBe('http://localhost:4100')
})

test('nobody is sent anywhere else', () => {
  for (const asked of [
    undefined,
    '',
    'null',
    'no address',
    'https://evil.example',
    'http://localhost:3000.evil.example',
    'http://evil.example:3000',
    'http://localhost@evil.example:3000',
    'http://127.0.0.1:4000',
    'https://127.0.0.1:3000',
    'javascript:alert(1)',
    'file://localhost:3000',
  ])
    expect(comeBackTo('http://localhost:3000', asked), asked).toBe('http://localhost:3000')
})

test('a site on the net has one name only', () => {
  const site = 'https://cinema.example'
  for (const asked of [
    'http://localhost',
    'https://localhost',
    'https://www.cinema.example',
    'https://evil.example',
  ])
    expect(comeBackTo(site, asked)).toBe(site)
  expect(comeBackTo('https://cinema.example', 'https://cinema.example')).toBe(site)
})
