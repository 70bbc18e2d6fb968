import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { HallMap } from './hall-map.tsx'
import './rows.css'
import type { LineError, Preview } from './use-preview.ts'

type Props = { rows: string; onChange: (rows: string) => void; preview: Preview }

/** Rows as text on the left, the hall they make on the right. */
export function RowsEditor({ rows, onChange, preview }: Props) {
  const { t } = useTranslation('manage')
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const wrong = new Set(preview.errors.map((error) => error.line))
  const count = Math.max(rows.split('\n').length, 8)

  function goTo(line: number) {
    const box = area.current
    if (!box) return
    const lines = rows.split('\n')
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
    box.focus()
    box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
    box.scrollTop = Math.max((line - 4) * 24, 0)
  }

  return (
    <div className="rows-editor">
      <div className="field content-start">
        <label htmlFor={id} className="label-print">
          {t('rows.label')}
        </label>
        <div className="rows-box" data-wrong={preview.errors.length > 0 || undefined}>
          <div className="rows-gutter" aria-hidden="true">
            <div ref={gutter}>
              {Array.from({ length: count }, (_, index) => index + 1).map((line) => (
                <div key={line} className="rows-line" data-wrong={wrong.has(line) || undefined}>
                  {line}
                </div>
              ))}
            </div>
          </div>
          <textarea
            id={id}
            ref={area}
            className="rows-text"
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            rows={Math.min(count + 1, 22)}
            aria-invalid={preview.errors.length > 0 || undefined}
            aria-describedby={`${id}-errors ${id}-hint`}
            value={rows}
            onScroll={(event) => {
              if (gutter.current) gutter.current.style.translate = `0 ${-event.currentTarget.scrollTop}px`
            }}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
        <div id={`${id}-errors`} role="status">
          <Errors errors={preview.errors} onGo={goTo} />
        </div>
        <Grammar id={`${id}-hint`} />
      </div>
      <HallMap preview={preview} />
    </div>
  )
}

function Errors({ errors, onGo }: { errors: LineError[]; onGo: (line: number) => void }) {
  const { t } = useTranslation('manage')
  if (errors.length === 0) return null
  return (
    <ul className="border-bad border-l-4 pl-4">
      {errors.slice(0, 12).map(({ line, text }) => (
        <li key={`${line} ${text}`} className="py-1">
          {line === undefined ? null : (
            <button type="button" className="line-link" onClick={() => onGo(line)}>
              {t('rows.line', { line })}
            </button>
          )}{' '}
          {text}
        </li>
      ))}
    </ul>
  )
}

/** How rows are written, with the marks in their own form. */
function Grammar({ id }: { id: string }) {
  const { t } = useTranslation('manage')
  const signs = [
    ['A: 1-10 _ 11-20', 'rows.row'],
    ['w1 c2', 'rows.wheelchair'],
    ['s1-4', 'rows.sofa'],
    ['r20', 'rows.restricted'],
    ['[balcony]', 'rows.zone'],
  ] as const
  return (
    <dl id={id} className="grammar">
      {signs.map(([sign, text]) => (
        <div key={sign} className="grammar-line">
          <dt>{sign}</dt>
          <dd>{t(text)}</dd>
        </div>
      ))}
    </dl>
  )
}
