/** What all pages of a list hold. */
export async function everything<One>(
  page: (cursor: string | undefined) => Promise<{ items: One[]; nextCursor: string | null } | undefined>,
): Promise<One[]> {
  const all: One[] = []
  let cursor: string | undefined
  do {
    const found = await page(cursor)
    all.push(...(found?.items ?? []))
    cursor = found?.nextCursor ?? undefined
  } while (cursor)
  return all
}
