const unstorable = /\\u0000|\\ud[89a-f]/i

/** Fields as JSON text. A NUL or half a character, which not every engine can keep, is left out of a text. */
export function toStored(value: unknown): string {
  const text = JSON.stringify(value)
  return unstorable.test(text) ? JSON.stringify(JSON.parse(text, clean)) : text
}

function clean(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '') : value
}

/** Whether any document can have this id. */
export const isId = (id: string) =>
  id.length > 0 && id.length <= 400 && id.isWellFormed() && !id.includes('\0')
