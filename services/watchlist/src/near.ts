type Place = { lat: number; lon: number }

const earthRadiusKm = 6371.0088
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Kilometres over the ground. Haversine: Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984. */
export function distanceKm(from: Place, to: Place): number {
  const half =
    Math.sin(radians(to.lat - from.lat) / 2) ** 2 +
    Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(to.lon - from.lon) / 2) ** 2
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** Whether a theater is near somebody. Without a home everywhere is; a theater that tells no place is near nobody with one. */
export function isNear(
  home: { location: Place; radiusKm: number } | undefined,
  theater: Place | undefined,
): boolean {
  if (!home) return true
  return theater !== undefined && distanceKm(home.location, theater) <= home.radiusKm
}
