import { listServiceKeys, pruneServiceKeys, rotateServiceKeys } from '@marquee/kit/http'
import { Command } from 'commander'
import { Fatal } from '../fatal.ts'
import { readSettings } from '../settings.ts'

const means = {
  waits: 'is read by everybody, then signs',
  signs: 'signs',
  verifies: 'signs no more; its last tokens still hold',
  past: 'vouches no more; the next rotation takes it out',
} as const

/** `marquee keys`: the keys by which services vouch to each other. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('the keys by which services vouch to each other')
  keys
    .command('list')
    .description('which key signs, which only verify')
    .action(async () => {
      const listed = await reading((file) => listServiceKeys(file))
      for (const { id, madeAt, state } of listed)
        console.log(`${id}  made ${madeAt.round('seconds').toString()}  ${means[state]}`)
    })
  keys
    .command('rotate')
    .description('add a key; running services take it up by themselves, nothing is restarted')
    .action(async () => {
      const id = await reading((file) => rotateServiceKeys(file))
      console.log(
        `${id} is added: it signs in 10 seconds, and the key before it verifies for two minutes more`,
      )
    })
  keys
    .command('prune')
    .description('take out keys that vouch no more')
    .action(async () => {
      const past = await reading((file) => pruneServiceKeys(file))
      console.log(past === 0 ? 'every key still vouches' : `${past} taken out`)
    })
  return keys
}

async function reading<T>(work: (file: string) => T | Promise<T>): Promise<T> {
  const { serviceKeys } = readSettings(process.env)
  try {
    return await work(serviceKeys)
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const reason = isAbsent
      ? 'there is none yet; services that run apart make it'
      : error instanceof Error
        ? error.message
        : String(error)
    throw new Fatal('no-service-keys', `${serviceKeys}: ${reason}`, { cause: error })
  }
}
