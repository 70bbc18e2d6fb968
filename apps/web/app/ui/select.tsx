import { type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react'
import { describe, Field } from './text-field.tsx'

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & {
  label: ReactNode
  options: { value: string; label: string }[]
  hint?: ReactNode
  error?: ReactNode
  ref?: Ref<HTMLSelectElement>
}

/** The device's own list: the best one on a phone, and it works without a script. */
export function Select({ label, options, hint, error, className = '', ...select }: SelectProps) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select id={id} className={`input ${className}`} {...describe(id, hint, error)} {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
