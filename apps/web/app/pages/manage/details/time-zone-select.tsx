import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../../../ui/select.tsx'

type Props = {
  value: string
  hint?: ReactNode
  error?: ReactNode
  onChange: (event: { target: { value: string } }) => void
}

/** Every zone this browser knows, by its usual name. */
export function TimeZoneSelect({ value, ...rest }: Props) {
  const { t } = useTranslation('manage')
  const known = Intl.supportedValuesOf('timeZone')
  const zones = known.includes(value) ? known : [value, ...known]
  return (
    <Select
      label={t('details.timeZone')}
      value={value}
      options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      {...rest}
    />
  )
}
