// Crockford's base32: no I, L, O or U.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const hexDigits = 10
const length = 8

/**
 * The code of a ticket that people read out and type where its QR cannot be scanned: `7KQ2-M4XD`. Eight signs of
 * Crockford's base32 for the last 40 bits of the ticket's id. Ids are UUIDv7, whose last 62 bits are random: the time
 * stands in the first 48, and Node counts nothing in the rest. It names a ticket only together with its show, and
 * proves nothing: whoever judges it must know the show's tickets.
 */
export function shortCodeOf(ticketId: string): string {
  const bits = Number.parseInt(ticketId.slice(-hexDigits), 16)
  const signs = bits
    .toString(32)
    .padStart(length, '0')
    .replaceAll(/./g, (digit) => alphabet.charAt(Number.parseInt(digit, 32)))
  return `${signs.slice(0, 4)}-${signs.slice(4)}`
}

/**
 * What was typed, as signs of the alphabet: in capitals, without spaces and hyphens, I and L read as 1, O as 0.
 * Undefined when there is nothing or any other sign in it.
 */
export function readSigns(typed: string): string | undefined {
  const plain = typed.replaceAll(/[\s\p{Dash_Punctuation}]/gu, '')
  if (!/^[0-9a-tv-z]+$/i.test(plain)) return undefined
  return plain.toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0')
}

/** The ten hex digits, in small letters, with which the id of the ticket of a typed code ends; undefined for no code. */
export function idEndOf(typed: string): string | undefined {
  const signs = readSigns(typed)
  if (signs?.length !== length) return undefined
  const digits = signs.replaceAll(/./g, (sign) => alphabet.indexOf(sign).toString(32))
  return Number.parseInt(digits, 32).toString(16).padStart(hexDigits, '0')
}

/** A short code sign by sign, for those who hear it: `7 K Q 2, M 4 X D`. */
export function spelled(shortCode: string): string {
  return shortCode
    .split('-')
    .map((half) => [...half].join(' '))
    .join(', ')
}
