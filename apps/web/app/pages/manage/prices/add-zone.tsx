import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'

type Props = { known: readonly string[]; onAdd: (zone: string) => void }

/** A zone that no hall has yet gets its price first: planned shows take it over when the hall gets the zone. */
export function AddZone({ known, onAdd }: Props) {
  const { t } = useTranslation('manage')
  const [name, setName] = useState('')
  const [error, setError] = useState<string>()
  function add() {
    const zone = name.trim()
    if (zone === '') return
    if (known.includes(zone)) return setError(t('prices.zoneKnown'))
    setName('')
    setError(undefined)
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
