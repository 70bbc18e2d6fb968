import { useTranslation } from 'react-i18next'
import { DownloadLine, everything } from './download-line.tsx'
import './texts.ts'

/** What is kept about a person, to take away; `whole` begins with all of it, orders and notices too. */
export function Exports({ whole = false }: { whole?: boolean }) {
  const { t } = useTranslation('community')
  return (
    <>
      <p className="text-quiet">{t(whole ? 'export.leadWhole' : 'export.lead')}</p>
      <ul className="mt-3">
        {whole ? (
          <DownloadLine href={everything} file="marquee-data.json" name={t('export.everything')} />
        ) : null}
        <DownloadLine
          href="/api/me/export/letterboxd.zip"
          file="letterboxd.zip"
          name={t('export.letterboxd')}
        />
        <DownloadLine
          href="/api/me/export/imdb-ratings.csv"
          file="imdb-ratings.csv"
          name={t('export.imdb')}
        />
        <DownloadLine
          href="/api/me/export/imdb-watchlist.csv"
          file="imdb-watchlist.csv"
          name={t('export.imdbWatchlist')}
        />
        <DownloadLine
          href="/api/me/export/community.json"
          file="community.json"
          name={t(whole ? 'export.written' : 'export.json')}
        />
      </ul>
    </>
  )
}
