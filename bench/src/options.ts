import { parseArgs } from 'node:util'

export type Options = { rounds: number; seconds: number }

/** `holds booking --rounds 7 --seconds 3` */
export function readOptions(args: string[]): { names: string[]; options: Options } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '7' }, seconds: { type: 'string', default: '3' } },
  })
  return {
    names: positionals,
    options: { rounds: Number(values.rounds), seconds: Number(values.seconds) },
  }
}
