/** Where a page ended: the sort keys of its last item. */
export function writeCursor(keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** The keys of a cursor, or undefined for text that is no cursor of such keys. */
export function readCursor<Keys extends readonly (string | number)[]>(
  text: string,
  matches: (keys: unknown) => keys is Keys,
): Keys | undefined {
  try {
    const keys: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return matches(keys) ? keys : undefined
  } catch {
    // A cursor is whatever a client sends.
    return undefined
  }
}
