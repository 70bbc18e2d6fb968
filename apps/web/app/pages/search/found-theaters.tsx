import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Theater } from '../../api/types.ts'
import { paths } from '../../util/path-builder.ts'

export function FoundTheaters({ theaters }: { theaters: Theater[] }) {
  const { t } = useTranslation('site')
  return (
    <section aria-labelledby="theaters">
      <h2 id="theaters" className="label-print">
        {t('search.theaters')}
      </h2>
      <ul className="mt-2">
        {theaters.map((theater) => (
          <li key={theater.id} className="border-line border-t last:border-b">
            <Link to={paths.theater(theater.id)} className="found-theater">
              <bdi className="condensed text-2xl leading-none md:text-3xl">{theater.name}</bdi>
              <span className="text-quiet">
                {theater.address ? `${theater.address}, ` : ''}
                <bdi>{theater.city}</bdi>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
