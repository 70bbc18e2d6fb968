import { create } from 'qrcode'

export type Qr = { size: number; path: string }

/** A ticket code as one path of unit squares, with the quiet zone of four units that readers want. */
export function qrOf(code: string): Qr {
  const { modules } = create(code, { errorCorrectionLevel: 'M' })
  const quiet = 4
  let path = ''
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`
    }
  }
  return { size: modules.size + quiet * 2, path }
}
