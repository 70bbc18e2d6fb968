import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link, type LinkProps } from 'react-router'

type Look = 'main' | 'plain' | 'quiet' | 'bad'

const looks: Record<Look, string> = {
  main: 'button button-main',
  plain: 'button',
  quiet: 'button button-quiet',
  bad: 'button button-bad',
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look
  /** Shown as busy and not clickable, but still focused. */
  busy?: boolean
}

export function Button({
  look = 'plain',
  busy = false,
  className = '',
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`${looks[look]} ${className}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    />
  )
}

export function ButtonLink({
  look = 'plain',
  className = '',
  ...rest
}: LinkProps & { look?: Look; children: ReactNode }) {
  return <Link className={`${looks[look]} ${className}`} {...rest} />
}
