type Translate = (key: string, values: { defaultValue: string }) => string

/** A zone as people say it; one that only its cinema knows is written as it is, with a capital. */
export const zoneLabel = (t: Translate, zone: string): string =>
  t(`zone.${zone}`, { defaultValue: zone.charAt(0).toUpperCase() + zone.slice(1) })
