import { z } from 'zod'
import type { MailKind } from '../mail-store.ts'
import { isolated } from './isolated.ts'
import type { Mail } from './mail.ts'
import { button, paper, paragraph } from './paper.ts'

const Payload = z.object({
  email: z.string(),
  name: z.string(),
  token: z.string().optional(),
  userId: z.string(),
})
export type AccountKind = Exclude<MailKind, `order-${string}`>

type Words = { subject: string; lines: string[]; action: { label: string; path: string } }

const words: Record<AccountKind, (token: string) => Words> = {
  'verify-email': (token) => ({
    subject: 'Confirm your address',
    lines: ['With one click you tell us that this address is yours.'],
    action: { label: 'Confirm the address', path: `/verify-email#token=${encodeURIComponent(token)}` },
  }),
  'reset-password': (token) => ({
    subject: 'Set a new password',
    lines: [
      'Somebody, hopefully you, asked for a new password. The link works once, for an hour.',
      'If it was not you, there is nothing to do: your password stays as it is.',
    ],
    action: { label: 'Set a new password', path: `/reset-password#token=${encodeURIComponent(token)}` },
  }),
  'password-changed': () => ({
    subject: 'Your password was changed',
    lines: [
      'Your password was just changed and other devices were logged out.',
      'If that was not you, set a new one at once.',
    ],
    action: { label: 'Set a new password', path: '/forgot-password' },
  }),
  'email-already-registered': () => ({
    subject: 'You have an account already',
    lines: [
      'Somebody tried to open an account with this address, which has one.',
      'If it was you, log in; a forgotten password can be set anew.',
    ],
    action: { label: 'Log in', path: '/login' },
  }),
}

/** Mails about an account: each says what happened and what to do. */
export function accountMail(kind: AccountKind, payload: unknown, origin: string): Mail {
  const { email, name, token = '', userId } = Payload.parse(payload)
  const { subject, lines, action } = words[kind](token)
  const url = `${origin}${action.path}`
  // Whose address it is nobody knows before it is confirmed, and whoever gave it chose the name as well.
  const greeting = kind === 'verify-email' ? 'Hello,' : `Hello ${isolated(name)},`
  return {
    to: email,
    subject,
    userId,
    text: [greeting, '', ...lines, '', url, ''].join('\n'),
    html: paper({
      title: subject,
      body: [greeting, ...lines].map(paragraph).join('') + button(action.label, url),
      footer: 'You get this mail because of your account at Marquee.',
    }),
    attach: async () => [],
  }
}
