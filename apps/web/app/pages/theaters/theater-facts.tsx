import { useTranslation } from 'react-i18next'
import type { TheaterDetail } from '../../api/types.ts'
import { countryInWords } from '../../util/languages.ts'
import { formatMoney } from '../../util/money.ts'

export function TheaterFacts({ theater }: { theater: TheaterDetail }) {
  const { t, i18n } = useTranslation('site')
  const map = theater.location
    ? `https://www.openstreetmap.org/?mlat=${theater.location.lat}&mlon=${theater.location.lon}#map=17/${theater.location.lat}/${theater.location.lon}`
    : undefined
  const fee = theater.bookingFee.amount > 0 ? formatMoney(theater.bookingFee, i18n.language) : undefined
  return (
    <div className="page mt-14 grid gap-10 md:grid-cols-3">
      <section>
        <h2>{t('theater.address')}</h2>
        <address className="mt-3 not-italic">
          <bdi>{theater.address}</bdi>
          <br />
          <bdi>{theater.city}</bdi>, {countryInWords(theater.country, i18n.language)}
        </address>
        {map ? (
          <a className="button button-quiet" href={map} rel="noreferrer">
            {t('theater.map')}
          </a>
        ) : null}
      </section>
      <section>
        <h2>{t('theater.screens')}</h2>
        <ul className="mt-3">
          {theater.screens.map((screen) => (
            <li key={screen.id} className="flex justify-between gap-4 border-line border-b py-2">
              <bdi>{screen.name}</bdi>
              <span className="text-quiet">{t('theater.seats', { count: screen.seats })}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t('theater.practical')}</h2>
        <ul className="mt-3 grid gap-2">
          <li>{t('theater.accessText')}</li>
          <li>{t('theater.refund', { count: theater.refundCutoffMinutes })}</li>
          <li>{fee ? t('theater.fee', { fee }) : t('theater.noFee')}</li>
          <li>{t('theater.localTime', { zone: theater.timeZone.replaceAll('_', ' ') })}</li>
        </ul>
      </section>
    </div>
  )
}
