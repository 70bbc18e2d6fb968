import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../ui/announcer.tsx'
import './texts.ts'

type Props = { href: string; file: string; name: string }

/** A file to take away. With a script a failure is said here instead of being saved under the file's name. */
export function DownloadLine({ href, file, name }: Props) {
  const { t } = useTranslation('community')
  const announce = useAnnounce()
  const [state, setState] = useState<'idle' | 'busy' | 'done' | 'failed'>('idle')
  const [missing, setMissing] = useState<string[]>([])

  async function take() {
    if (state === 'busy') return
    setState('busy')
    const got = await fetchFile(href)
    setMissing(got?.missing ?? [])
    setState(got ? 'done' : 'failed')
    if (!got) return
    saveAs(file, got.content)
    announce(t('export.saved', { file }))
  }

  const parts = missing.map((part) => t(`export.parts.${part}`, { defaultValue: part }))
  return (
    <li className="border-line border-b py-1">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <a
          href={href}
          download={file}
          className="choice grow"
          aria-busy={state === 'busy'}
          onClick={(event) => {
            event.preventDefault()
            void take()
          }}
        >
          {name}
        </a>
        <span className="small-print">
          {state === 'busy' ? t('export.gathering') : state === 'done' ? t('export.done') : file}
        </span>
      </div>
      <p role="alert" className="pb-2 text-bad text-sm empty:hidden">
        {state === 'failed' ? t('export.failed') : null}
        {state === 'done' && parts.length > 0 ? t('export.missing', { parts: parts.join(', ') }) : null}
      </p>
    </li>
  )
}

/** Nothing when it did not come; `missing` names the parts that did not answer while it was gathered. */
async function fetchFile(href: string): Promise<{ content: Blob; missing: string[] } | undefined> {
  try {
    const response = await fetch(href, { credentials: 'same-origin' })
    if (!response.ok) return undefined
    const content = await response.blob()
    return { content, missing: href === everything ? missingOf(await content.text()) : [] }
  } catch {
    // The network went away in the middle; the line says so, and a press tries again.
    return undefined
  }
}

export const everything = '/api/me/export'

function missingOf(text: string): string[] {
  const { missing } = JSON.parse(text) as { missing?: { part: string }[] }
  return (missing ?? []).map(({ part }) => part)
}

function saveAs(file: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = file
  link.click()
  // Some browsers begin to read only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
