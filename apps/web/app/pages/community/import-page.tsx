import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { ImportSummary } from '../../api/types.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { Field } from '../../ui/text-field.tsx'
import { instantInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { AccountPart } from '../account/account-part.tsx'
import { Exports } from './exports.tsx'
import './texts.ts'
import { type Refusal, uploadImport } from './upload-import.ts'
import { useList } from './use-list.ts'
import { Yours } from './yours.tsx'

export default function ImportPage() {
  const { t } = useTranslation('community')
  return (
    <Yours title={t('import.title')} path={paths.moveIn()}>
      {() => (
        <>
          <AccountPart title={t('import.bring')}>
            <UploadForm />
          </AccountPart>
          <Earlier />
          <AccountPart title={t('export.title')}>
            <Exports />
          </AccountPart>
        </>
      )}
    </Yours>
  )
}

function UploadForm() {
  const { t } = useTranslation('community')
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()

  async function upload(event: FormEvent) {
    event.preventDefault()
    const file = input.current?.files?.[0]
    if (!file) return setRefusal({ code: 'no-file' })
    setBusy(true)
    setRefusal(undefined)
    const answer = await uploadImport(file)
    setBusy(false)
    if (answer.ok) void navigate(paths.imported(answer.id))
    else setRefusal(answer)
  }

  return (
    <form onSubmit={upload} className="grid gap-5" noValidate>
      <p className="text-quiet">{t('import.lead')}</p>
      <ul className="import-sources">
        {(['letterboxd', 'imdb', 'others'] as const).map((source) => (
          <li key={source}>{t(`import.from.${source}`)}</li>
        ))}
      </ul>
      <FormError>
        {refusal ? (
          <>
            {t(`import.refused.${refusal.code}`, {
              reason: t(`import.problems.${refusal.reason}`, { defaultValue: refusal.detail ?? '' }),
            })}{' '}
            {refusal.importId ? (
              <Link to={paths.imported(refusal.importId)}>{t('import.toRunning')}</Link>
            ) : null}
          </>
        ) : undefined}
      </FormError>
      <Field id="file" label={t('import.file')} hint={t('import.fileHint')}>
        <input
          id="file"
          ref={input}
          type="file"
          accept=".zip,.csv,.json,application/zip,text/csv,application/json"
          aria-describedby="file-hint"
          className="file-input"
        />
      </Field>
      <Button type="submit" look="main" busy={busy} className="justify-self-start">
        {t(busy ? 'import.sending' : 'import.start')}
      </Button>
    </form>
  )
}

function Earlier() {
  const { t, i18n } = useTranslation('community')
  const list = useList<ImportSummary>('/api/me/imports', 20)
  if (!list.items || list.items.length === 0) return null
  return (
    <AccountPart title={t('import.earlier')}>
      <ul>
        {list.items.map((one) => (
          <li key={one.id} className="flex flex-wrap items-baseline gap-x-4 border-line border-b py-1">
            <Link to={paths.imported(one.id)} className="choice min-w-0 grow truncate">
              {one.fileName || t(`import.sources.${one.source ?? 'unknown'}`)}
            </Link>
            <span className="small-print">
              {t(`import.status.${one.status}`)}, {instantInWords(one.createdAt, i18n.language)}
            </span>
          </li>
        ))}
      </ul>
    </AccountPart>
  )
}
