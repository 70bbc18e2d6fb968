import { useTranslation } from 'react-i18next'
import './texts.ts'

/** Everything a person wrote, to take away. */
export function Exports() {
  const { t } = useTranslation('community')
  return (
    <>
      <p className="text-quiet">{t('export.lead')}</p>
      <ul className="mt-3">
        <Way href="/api/me/export/letterboxd.zip" file="letterboxd.zip" name={t('export.letterboxd')} />
        <Way href="/api/me/export/imdb-ratings.csv" file="imdb-ratings.csv" name={t('export.imdb')} />
        <Way href="/api/me/export/community.json" file="community.json" name={t('export.json')} />
      </ul>
    </>
  )
}

function Way({ href, file, name }: { href: string; file: string; name: string }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 border-line border-b py-1">
      <a href={href} download={file} className="choice grow">
        {name}
      </a>
      <span className="small-print">{file}</span>
    </li>
  )
}
