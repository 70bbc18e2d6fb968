import { useTranslation } from 'react-i18next'
import type { Import } from '../../api/types.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { paths } from '../../util/path-builder.ts'
import './texts.ts'

const kinds = ['ratings', 'diary', 'reviews', 'watchlist'] as const

/** What an import wrote, and what it left out with the place in the file. */
export function ImportResult({ of }: { of: Import }) {
  const { t } = useTranslation('community')
  const { written, skipped, skippedRows } = of
  const wrote = kinds.some((kind) => written[kind] > 0)
  const finished = of.status === 'done' || of.status === 'doubtful'
  return (
    <>
      {finished && !wrote && (written.unchanged > 0 || of.unmatchedFilms + of.leftOutFilms === 0) ? (
        <section>
          <h3>{t(written.unchanged > 0 ? 'import.nothingChanged' : 'import.nothingFound')}</h3>
          <p className="mt-2 text-quiet">
            {t(written.unchanged > 0 ? 'import.nothingChangedText' : 'import.nothingFoundText', {
              count: written.unchanged,
            })}
          </p>
        </section>
      ) : null}
      {wrote ? (
        <section aria-label={t('import.written')}>
          <ul className="import-written">
            {kinds
              .filter((kind) => written[kind] > 0)
              .map((kind) => (
                <li key={kind}>{t(`import.kinds.${kind}`, { count: written[kind] })}</li>
              ))}
            {written.unchanged > 0 ? (
              <li className="text-quiet">{t('import.kinds.unchanged', { count: written.unchanged })}</li>
            ) : null}
          </ul>
          {finished ? (
            <p className="mt-4 flex flex-wrap gap-3">
              <ButtonLink to={paths.diary()}>{t('diary.title')}</ButtonLink>
              <ButtonLink to={paths.watchlist()}>{t('watchlist.title')}</ButtonLink>
            </p>
          ) : null}
        </section>
      ) : null}
      {skipped.length > 0 ? (
        <details className="import-skipped">
          <summary>{t('import.skipped', { count: skippedRows })}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('import.inFile')}</th>
                <th scope="col">{t('import.line')}</th>
                <th scope="col">{t('import.why')}</th>
              </tr>
            </thead>
            <tbody>
              {skipped.map((row) => (
                <tr key={`${row.file}:${row.line}:${row.reason}:${row.detail}`}>
                  <td>{row.file}</td>
                  <td>{row.line}</td>
                  <td>
                    {t(`import.reasons.${row.reason}`, { defaultValue: row.reason })}
                    {row.detail ? <span className="text-quiet"> {row.detail}</span> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {skippedRows > skipped.length ? (
            <p className="small-print">{t('import.moreSkipped', { count: skippedRows - skipped.length })}</p>
          ) : null}
        </details>
      ) : null}
    </>
  )
}
