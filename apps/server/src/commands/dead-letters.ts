import type { DeadLetter, DeadLetters } from '@marquee/kit/events'
import { findEmbedded } from '@marquee/kit/sql'
import { Command } from 'commander'
import { Fatal } from '../fatal.ts'
import { openHost } from '../open-host.ts'
import { readSettings } from '../settings.ts'

/** `marquee dead-letters list|show|replay|drop`: events that a group could not take, beside a running Marquee or without. */
export function deadLettersCommand(): Command {
  const command = new Command('dead-letters').description('events that could not be handled')
  command
    .command('list')
    .description('latest first')
    .option('--group <name>', 'only those of one consumer group, such as notifications.orders')
    .option('--limit <count>', 'how many', '100')
    .action((options: { group?: string; limit: string }) =>
      withLetters(async (letters) => {
        const limit = Number(options.limit)
        if (!Number.isInteger(limit) || limit < 1)
          throw new Fatal('bad-option', `--limit ${options.limit} is no count`)
        const found = await letters.list({ group: options.group, limit })
        for (const letter of found) console.log(lineOf(letter))
        if (found.length === 0) console.log('there are none')
      }),
    )
  command
    .command('show <group> <event-id>')
    .description('what it says; it may name a person')
    .action((group: string, eventId: string) =>
      withLetters(async (letters) => {
        const letter = await letters.show(group, idOf(eventId))
        if (!letter) throw none(group, eventId)
        console.log(JSON.stringify(letter, null, 2))
      }),
    )
  command
    .command('replay <group> [event-id]')
    .description('give one, or all of a group, to it once more')
    .action((group: string, eventId?: string) =>
      withLetters(async (letters) => {
        const count = await letters.replay(group, eventId === undefined ? undefined : idOf(eventId))
        if (count === 0) throw none(group, eventId)
        console.log(`${count} given to ${group} again`)
      }),
    )
  command
    .command('drop <group> <event-id>')
    .description('give it up for good')
    .action((group: string, eventId: string) =>
      withLetters(async (letters) => {
        if (!(await letters.drop(group, idOf(eventId)))) throw none(group, eventId)
        console.log(`dropped ${eventId}`)
      }),
    )
  return command
}

async function withLetters(work: (letters: DeadLetters) => Promise<void>): Promise<void> {
  const settings = readSettings(process.env)
  // Beside a running Marquee its own PostgreSQL is asked.
  const databaseUrl = settings.databaseUrl ?? findEmbedded(settings.data)
  const open = await openHost({
    settings: { ...settings, databaseUrl, services: [] },
    env: process.env,
    onStep: (_label, step) => step(),
    origin: 'http://localhost',
    visiting: true,
  })
  try {
    await work(open.bus.deadLetters)
  } finally {
    await open.stop()
  }
}

const lineOf = ({ group, event, attempts, diedAt, reason }: DeadLetter): string =>
  `${diedAt}  ${group}  ${event.id}  ${event.name}  tried ${attempts} times: ${reason.replaceAll(/\p{Cc}+/gu, ' ')}`

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
function idOf(text: string): string {
  if (!uuid.test(text)) throw new Fatal('bad-option', `${text} is no id of an event`)
  return text
}

const none = (group: string, eventId = 'any') =>
  new Fatal(
    'no-such-letter',
    `there is no dead letter ${eventId} of ${group}; \`dead-letters list\` names them`,
  )
