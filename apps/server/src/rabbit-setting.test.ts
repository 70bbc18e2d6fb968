import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

test('an address of RabbitMQ that cannot be read stops the start with the reason, and without its password', () => {
  const start = () => readSettings({ RABBITMQ_URL: 'amqp://me:password@a,http://b' })
  expect(start).toThrow(/RABBITMQ_URL is "amqp:\/\/a,http:\/\/b": must look like amqp:/)
  expect(start).not.toThrow(/:password@a/)
  expect(readSettings({ RABBITMQ_URL: 'amqps://a/main,amqps://b/main' }).rabbitUrl).toContain('amqps://b')
  expect(readSettings({}).rabbitUrl).toBeUndefined()
})
