import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { moviesContract } from '@marquee/contracts/movies'
import { reviewsContract } from '@marquee/contracts/reviews'
import { Command } from 'commander'
import { CsvError, parse } from 'csv-parse'
import { Fatal } from '../fatal.ts'
import { importMovieLens } from '../movielens/import-movielens.ts'
import type { Row } from '../movielens/movielens-rows.ts'
import { openHost } from '../open-host.ts'
import { readSettings } from '../settings.ts'
import { createProgress } from './progress.ts'

const shownSkips = 20

/** `marquee import ratings DIR`: a MovieLens data set; run twice it changes nothing. */
export function importRatingsCommand(): Command {
  return new Command('ratings')
    .argument('<dir>', 'the folder with ratings.csv, movies.csv and links.csv')
    .description('ratings of a MovieLens data set, with its films and people')
    .option('--dataset <name>', 'tells the people of one data set from those of another', 'movielens')
    .action(async (dir: string, { dataset }: { dataset: string }) => {
      if (!/^[a-z][a-z0-9]{2,15}$/.test(dataset))
        throw new Fatal('bad-option', '--dataset takes 3 to 16 lower-case letters and digits')
      const [movies, links, ratings] = ['movies.csv', 'links.csv', 'ratings.csv'].map((name) => {
        const file = join(dir, name)
        if (!existsSync(file)) throw new Fatal('no-such-file', `there is no file ${file}`)
        return rowsOf(file)
      })
      if (!movies || !links || !ratings) return
      const open = await openHost({
        settings: { ...readSettings(process.env), services: ['movies', 'reviews'] },
        env: process.env,
        onStep: (_label, work) => work(),
        origin: 'http://localhost',
        visiting: true,
      })
      const progress = createProgress()
      try {
        const connect = open.host.connectAs('cli')
        const report = await importMovieLens(
          { movies, links, ratings },
          {
            dataset,
            movies: connect(moviesContract),
            reviews: connect(reviewsContract),
            onProgress: progress.show,
          },
        )
        progress.end()
        const { films, people } = report
        console.log(
          `${films.read} films: ${films.added} added, ${films.changed} changed, ${films.unchanged} unchanged`,
        )
        console.log(`${people.read} people: ${people.added} added`)
        console.log(
          `${report.ratings.read} ratings: ${report.ratings.recorded} recorded, ${report.ratings.unchanged} unchanged`,
        )
        console.log(`${report.skipped.length} lines skipped`)
        for (const { file, line, reason } of report.skipped.slice(0, shownSkips))
          console.log(`  ${file} line ${line}: ${reason}`)
        if (report.skipped.length > shownSkips)
          console.log(`  … and ${report.skipped.length - shownSkips} more`)
      } finally {
        await open.stop()
      }
    })
}

async function* rowsOf(file: string): AsyncGenerator<Row> {
  const parser = createReadStream(file).pipe(
    parse({ columns: true, bom: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  )
  try {
    for await (const { record, info } of parser) yield { line: info.lines, fields: record }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Fatal('unreadable-file', `${file} is no CSV: ${error.message}`)
  }
}
