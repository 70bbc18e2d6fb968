import type { z } from 'zod'
import type { AccountKind, AccountPayload, Letter } from '../mail.ts'
import { button, frame, heading, paragraph, smallPrint } from './frame.ts'

type Words = { title: string; lines: string[]; action?: { label: string; path: string }; after: string }
type Account = z.infer<typeof AccountPayload>

const words: Readonly<Record<AccountKind, (token: string) => Words>> = {
  'verify-email': (token) => ({
    title: 'Confirm your address',
    lines: ['Please confirm that this address is yours, so that your tickets reach you.'],
    action: { label: 'Confirm this address', path: `/verify-email#token=${token}` },
    after: 'The link works once, for a day. If you did not open an account, leave this mail.',
  }),
  'reset-password': (token) => ({
    title: 'Set a new password',
    lines: ['Somebody, most likely you, asked to set a new password for your account.'],
    action: { label: 'Set a new password', path: `/reset-password#token=${token}` },
    after: 'The link works once, for an hour. If you did not ask, your password stays as it is.',
  }),
  'password-changed': () => ({
    title: 'Your password was changed',
    lines: ['The password of your account was changed, and your other sessions have ended.'],
    action: { label: 'It was not me', path: '/forgot-password' },
    after: 'If it was you, there is nothing to do.',
  }),
  'email-already-registered': () => ({
    title: 'You already have an account',
    lines: ['Somebody, most likely you, tried to open an account with this address. You have one already.'],
    action: { label: 'Log in', path: '/login' },
    after: 'If you forgot your password, you can set a new one from there.',
  }),
}

export function accountSubject(kind: AccountKind): string {
  return words[kind]('').title
}

/** A mail about somebody's account; a link in it carries its token behind `#`, which no server sees. */
export function accountLetter(kind: AccountKind, { name, token = '' }: Account, origin: string): Letter {
  const { title, lines, action, after } = words[kind](encodeURIComponent(token))
  const greeting = name ? `Hello ${name},` : 'Hello,'
  const link = action ? `${origin}${action.path}` : undefined
  return {
    text: [
      greeting,
      '',
      ...lines,
      ...(action && link ? ['', `${action.label}: ${link}`] : []),
      '',
      after,
      '',
    ].join('\n'),
    html: frame({
      title,
      origin,
      content: [
        heading(title),
        paragraph(greeting),
        ...lines.map(paragraph),
        ...(action && link ? [button(action.label, link)] : []),
        smallPrint(after),
      ],
    }),
    attachments: [],
  }
}
