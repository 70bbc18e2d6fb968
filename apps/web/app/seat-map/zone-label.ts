import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

type Translate = (key: string, values: { defaultValue: string }) => string

/** A zone as guests and owners alike call it; one that only its cinema knows is written as it is, with a capital. */
export const zoneLabel = (t: Translate, zone: string): string =>
  t(`zone.${zone}`, { defaultValue: zone.charAt(0).toUpperCase() + zone.slice(1) })

export function useZoneLabel(): (zone: string) => string {
  const { t } = useTranslation('site')
  return useCallback((zone: string) => zoneLabel(t, zone), [t])
}
