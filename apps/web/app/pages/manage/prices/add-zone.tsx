import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'

type Props = { known: readonly string[]; onAdd: (zone: string) => void }

/** A zone that no hall has yet gets its price first: planned shows take it over when the hall gets the zone. */
export function AddZone({ known, onAdd }: Props) {
  const { t } = useTranslation('manage')
  const [name, setName] = useState('')
  const [error, setError] = useState<string>()
  const zoneLabel = useZoneLabel()
  const announce = useAnnounce()
  function add() {
    const zone = name.trim()
    if (zone === '') return
    // What reads the same would be two rows that nobody can tell apart.
    const isKnown = known.some((one) => [one, zoneLabel(one)].some((name) => isSame(name, zone)))
    setError(isKnown ? t('prices.zoneKnown') : undefined)
    announce(isKnown ? t('prices.zoneKnown') : t('prices.zoneAdded', { zone }))
    if (isKnown) return
    setName('')
    onAdd(zone)
  }
  // Enter would save the card, without the zone.
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <div className="grid max-w-md gap-3">
      <TextField
        label={t('prices.zoneName')}
        hint={t('prices.zoneHint')}
        maxLength={40}
        value={name}
        error={error}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div>
        <Button onClick={add}>{t('prices.zoneAdd')}</Button>
      </div>
    </div>
  )
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
