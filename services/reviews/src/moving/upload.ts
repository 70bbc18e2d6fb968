import { cut, plain } from './read/cells.ts'
import type { Unreadable } from './read/fact.ts'

export type Upload = { ok: true; fileName: string; bytes: Uint8Array } | Unreadable

/** The field `file` of a multipart form. */
export async function readUpload(contentType: string | undefined, body: Buffer): Promise<Upload> {
  if (!contentType?.toLowerCase().startsWith('multipart/form-data')) return notAForm
  let form: FormData
  try {
    const given = new Uint8Array(body)
    form = await new Response(given, { headers: { 'content-type': contentType } }).formData()
  } catch {
    // The platform says no more than that it is no form.
    return notAForm
  }
  const file = form.get('file')
  if (!(file instanceof File))
    return { ok: false, reason: 'no-file', detail: 'The form has no field "file" with a file in it.' }
  return { ok: true, fileName: cut(plain(file.name), 200), bytes: await file.bytes() }
}

const notAForm: Unreadable = {
  ok: false,
  reason: 'not-a-form',
  detail: 'Send multipart/form-data with a field "file".',
}
