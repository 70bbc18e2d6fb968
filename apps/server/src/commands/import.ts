import { createReadStream, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { moviesContract } from '@marquee/contracts/movies'
import { Command } from 'commander'
import { importMovieLines } from '../../demo/import-movie-lines.ts'
import { Fatal } from '../fatal.ts'
import { openHost } from '../open-host.ts'
import { readSettings } from '../settings.ts'
import { importRatingsCommand } from './import-ratings.ts'

const shownSkips = 20

/** `marquee import movies FILE`: films from JSON lines; run twice it changes nothing. */
export function importCommand(): Command {
  const command = new Command('import').description('bring in films and ratings from elsewhere')
  command
    .command('movies <file>')
    .description(
      'JSON lines such as {"title":"Metropolis","year":1927,"cast":[],"genres":["Drama"],"href":"Metropolis_(1927_film)","extract":"…"}',
    )
    .action(async (file: string) => {
      const found = statSync(file, { throwIfNoEntry: false })
      if (!found) throw new Fatal('no-such-file', `there is no file ${file}`)
      if (found.isDirectory()) throw new Fatal('no-such-file', `${file} is a folder: name the file in it`)
      const settings = { ...readSettings(process.env), services: ['movies'] }
      const open = await openHost({
        settings,
        env: process.env,
        onStep: (_label, work) => work(),
        origin: 'http://localhost',
        visiting: true,
      })
      try {
        const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
        const report = await importMovieLines(lines, {
          movies: open.host.connectAs('cli')(moviesContract),
          onProgress: ({ read }) => progress(read),
        })
        if (process.stdout.isTTY) process.stdout.write('\r')
        console.log(
          `${report.read} lines: ${report.added} added, ${report.changed} changed, ${report.unchanged} unchanged, ${report.skipped.length} skipped`,
        )
        for (const { line, title, reason } of report.skipped.slice(0, shownSkips))
          console.log(`  line ${line}: ${title || 'no title'}: ${reason}`)
        if (report.skipped.length > shownSkips)
          console.log(`  … and ${report.skipped.length - shownSkips} more`)
      } finally {
        await open.stop()
      }
    })
  command.addCommand(importRatingsCommand())
  return command
}

function progress(read: number): void {
  if (process.stdout.isTTY)
    process.stdout.write(`\r${'█'.repeat(Math.min(40, Math.ceil(read / 1000)))} ${read} lines`)
}
