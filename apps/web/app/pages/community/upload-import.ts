export const mostBytes = 20_000_000

const known = [
  'import-running',
  'unreadable-import',
  'too-large',
  'limited',
  'unreachable',
  'no-file',
] as const
export type Refusal = {
  code: (typeof known)[number] | 'unknown'
  /** Why a file is unreadable, as a code and in the API's words. */
  reason?: string
  detail?: string
  importId?: string
}

type Body = { id?: string; code?: string; reason?: string; detail?: string; importId?: string }

/** Sends a file to be read; it is worked through afterwards, see the import's own page. */
export async function uploadImport(
  file: File,
): Promise<{ ok: true; id: string } | ({ ok: false } & Refusal)> {
  if (file.size > mostBytes) return { ok: false, code: 'too-large' }
  const form = new FormData()
  form.set('file', file, file.name)
  const response = await fetch('/api/me/import', { method: 'POST', body: form }).catch(() => undefined)
  if (!response) return { ok: false, code: 'unreachable' }
  // A proxy may refuse with no JSON.
  const body: Body = await response.json().catch(() => ({}))
  if (response.ok && body.id) return { ok: true, id: body.id }
  if (response.status === 413) return { ok: false, code: 'too-large' }
  if (response.status === 429) return { ok: false, code: 'limited' }
  const code = known.find((one) => one === body.code) ?? 'unknown'
  return { ok: false, code, reason: body.reason, detail: body.detail, importId: body.importId }
}
