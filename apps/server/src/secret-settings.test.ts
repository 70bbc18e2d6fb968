import { GatewayConfig } from '@marquee/gateway'
import { describe as list } from '@marquee/kit/config'
import { expect, it } from 'vitest'
import type { z } from 'zod'
import { gatewayName, loadServices } from './services.ts'
import { sharedSections } from './shared-sections.ts'

const sections = [
  ...sharedSections,
  { name: gatewayName, schema: GatewayConfig },
  ...(await loadServices()).map(({ name, config }) => ({ name, schema: config })),
]
const given = 'smtps://hush:hush@mail.example/a-text-long-enough-for-any-secret'
const soundsSecret = /(?:^|[a-z])(?:key|secret|password|token|smtpUrl)(?![a-z])/i

const takesText = (field: z.ZodType) => field.safeParse(given).success
const secrets = sections.flatMap(({ name, schema }) =>
  Object.entries(schema.shape)
    .filter(([setting, field]) => soundsSecret.test(setting) && takesText(field as z.ZodType))
    .map(([setting]) => ({ section: name, schema, setting })),
)

it('there are secrets to be kept', () => {
  expect(secrets.map(({ section, setting }) => `${section}.${setting}`)).toEqual(
    expect.arrayContaining(['movies.omdbKey', 'notifications.smtpUrl', 'payments.sandboxSecret']),
  )
})

it.each(secrets)(
  'the doctor says of $setting in $section only that it is set',
  ({ section, schema, setting }) => {
    const lines = list(schema, section, { ...schema.parse({}), [setting]: given })
    expect(lines.find((line) => line.setting === `${section}.${setting}`)).toMatchObject({ value: 'set' })
  },
)
