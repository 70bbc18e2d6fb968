export type Place = { lat: number; lon: number }

const kmPerDegree = 111.195

/** SQL for theaters `t` within a radius: a box that the index can use, then the distance itself. */
export function nearby({ lat, lon }: Place, radiusKm: number, give: (value: unknown) => string) {
  const latSpan = radiusKm / kmPerDegree
  const widest = Math.min(90, Math.abs(lat) + latSpan)
  const lonSpan = latSpan / Math.max(0.01, Math.cos((widest * Math.PI) / 180))
  const distance = `distance_km(${give(lat)}::float8, ${give(lon)}::float8, t.lat, t.lon)`
  const where = [
    `t.lat between ${give(lat - latSpan)}::float8 and ${give(lat + latSpan)}::float8`,
    // A box across the date line or a pole has no simple sides; latitude and distance suffice there.
    ...(Math.abs(lon) + lonSpan < 180
      ? [`t.lon between ${give(lon - lonSpan)}::float8 and ${give(lon + lonSpan)}::float8`]
      : []),
    `${distance} <= ${give(radiusKm)}::float8`,
  ]
  return { where, distance }
}
