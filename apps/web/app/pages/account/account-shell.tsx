import type { ReactNode } from 'react'

/** A short form on its own page: title, words, form, one column. */
export function AccountShell({
  title,
  lead,
  children,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="page pt-8 md:pt-14">
      <title>{`${title} · Marquee`}</title>
      <meta name="robots" content="noindex" />
      <div className="page-narrow">
        <h1>{title}</h1>
        {lead ? <p className="mt-4 text-lg text-quiet">{lead}</p> : null}
        <div className="mt-8">{children}</div>
      </div>
    </div>
  )
}
