import type { InputHTMLAttributes, ReactNode, Ref } from 'react'

type Props = InputHTMLAttributes<HTMLInputElement> & { label: ReactNode; ref?: Ref<HTMLInputElement> }

/** A tick box or, with `type="radio"`, one choice of several; the whole line is the target. */
export function CheckField({ label, type = 'checkbox', className = '', ...input }: Props) {
  return (
    <label className={`flex min-h-11 cursor-pointer items-center gap-3 ${className}`}>
      <input type={type} className="size-5 shrink-0 accent-(--accent)" {...input} />
      <span>{label}</span>
    </label>
  )
}
