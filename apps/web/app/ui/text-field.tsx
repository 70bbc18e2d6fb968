import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'
import { useOwnWords } from './use-own-words.ts'

type Labelled = { label: ReactNode; hint?: ReactNode; error?: ReactNode }

type TextFieldProps = InputHTMLAttributes<HTMLInputElement> & Labelled & { ref?: Ref<HTMLInputElement> }

/** A labelled input; works with `register` of React Hook Form. */
export function TextField({ label, hint, error, className = '', ...input }: TextFieldProps) {
  const id = useId()
  const [missing, words] = useOwnWords<HTMLInputElement>()
  const wrong = error ?? missing
  return (
    <Field id={id} label={label} hint={hint} error={wrong}>
      <input id={id} className={`input ${className}`} {...describe(id, hint, wrong)} {...words} {...input} />
    </Field>
  )
}

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> &
  Labelled & { ref?: Ref<HTMLTextAreaElement> }

export function TextArea({ label, hint, error, className = '', ...input }: TextAreaProps) {
  const id = useId()
  const [missing, words] = useOwnWords<HTMLTextAreaElement>()
  const wrong = error ?? missing
  return (
    <Field id={id} label={label} hint={hint} error={wrong}>
      <textarea
        id={id}
        className={`input ${className}`}
        {...describe(id, hint, wrong)}
        {...words}
        {...input}
      />
    </Field>
  )
}

export function Field({ id, label, hint, error, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id} className="label-print">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="small-print">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-bad text-sm font-medium">
          {error}
        </p>
      ) : null}
    </div>
  )
}

export const describe = (id: string, hint: ReactNode, error: ReactNode) => ({
  'aria-invalid': error ? true : undefined,
  'aria-describedby':
    [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined,
})
