import type { Unreadable } from './fact.ts'

/** Text of a file: UTF-8, UTF-16 with its mark, else Windows-1252, which old spreadsheets write. */
export function decode(bytes: Uint8Array): { ok: true; text: string } | Unreadable {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  const text = strictly(bytes, encoding) ?? new TextDecoder('windows-1252').decode(bytes)
  if (text.includes('\0')) return { ok: false, reason: 'not-text', detail: 'The file is no text.' }
  return { ok: true, text }
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // Not of this encoding.
    return undefined
  }
}
