import { Unzip, UnzipInflate } from 'fflate'
import type { Unreadable } from './fact.ts'

export type ZipLimits = {
  /** How many files may lie in it. */
  files: number
  /** Bytes of all wanted files together, unpacked. */
  bytes: number
}
export type Opened = { ok: true; files: Map<string, Uint8Array> } | Unreadable

const pieceLength = 65_536

export const isZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05)

/**
 * Unpacks the wanted files of an archive piece by piece, counting what really comes out, whatever its
 * directory says: a bomb is put away after `limits.bytes`.
 */
export async function openZip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  limits: ZipLimits,
): Promise<Opened> {
  const files = new Map<string, Uint8Array>()
  let seen = 0
  let unpacked = 0
  let wrong: Unreadable | undefined
  const unzip = new Unzip((file) => {
    seen += 1
    if (seen > limits.files) wrong = tooBig(`The archive holds more than ${limits.files} files.`)
    if (wrong || !wanted(file.name)) return
    const parts: Uint8Array[] = []
    file.ondata = (error, part, last) => {
      if (error) wrong ??= broken
      unpacked += part?.length ?? 0
      if (unpacked > limits.bytes) {
        wrong ??= tooBig(`Unpacked, the archive is larger than ${Math.round(limits.bytes / 1e6)} MB.`)
        file.terminate()
      }
      if (wrong) return
      parts.push(part)
      if (last) files.set(file.name, Buffer.concat(parts))
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length && !wrong; at += pieceLength) {
      unzip.push(bytes.subarray(at, at + pieceLength), at + pieceLength >= bytes.length)
      await new Promise(setImmediate)
    }
  } catch {
    // The library throws plain objects for archives that are none.
    wrong ??= broken
  }
  if (wrong) return wrong
  return seen === 0 ? broken : { ok: true, files }
}

const broken: Unreadable = { ok: false, reason: 'bad-zip', detail: 'The archive is damaged or no zip file.' }
const tooBig = (detail: string): Unreadable => ({ ok: false, reason: 'too-big', detail })
