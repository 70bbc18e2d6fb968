import { useTranslation } from 'react-i18next'
import { localeOf } from '../../../util/money.ts'
import type { PriceCard } from '../manage-types.ts'

/** 1 is Monday; 2024 began on one. */
export function weekdayName(day: number, language: string, style: 'short' | 'long' = 'short'): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { weekday: style, timeZone: 'UTC' })
  return format.format(new Date(Date.UTC(2024, 0, day)))
}

/** When a price card holds, in words. */
export function useWhen() {
  const { t, i18n } = useTranslation('manage')
  return ({ days, from, until }: Pick<PriceCard, 'days' | 'from' | 'until'>): string => {
    const on = days
      ? days
          .toSorted((a, b) => a - b)
          .map((day) => weekdayName(day, i18n.language))
          .join(', ')
      : t('prices.everyDay')
    if (from && until) return t('prices.whenBetween', { on, from, until })
    if (from) return t('prices.whenFrom', { on, from })
    if (until) return t('prices.whenUntil', { on, until })
    return t('prices.whenAlways', { on })
  }
}
