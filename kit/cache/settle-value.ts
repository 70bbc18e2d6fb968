/**
 * Freezes a value's plain objects and arrays, so that no caller changes what another will get, and says
 * roughly how many bytes it takes. Buffers cannot be frozen and are trusted.
 */
export function settleValue(value: unknown, seen = new Set<object>()): number {
  if (typeof value === 'string') return value.length * 2 + 16
  if (typeof value !== 'object' || value === null) return 16
  if (seen.has(value)) return 8
  seen.add(value)
  if (ArrayBuffer.isView(value)) return value.byteLength + 96
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return 256
  Object.freeze(value)
  let bytes = 64
  for (const [name, item] of Object.entries(value)) bytes += name.length + 8 + settleValue(item, seen)
  return bytes
}
