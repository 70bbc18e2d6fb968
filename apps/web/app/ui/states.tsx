import type { ReactNode } from 'react'

type Props = { title: ReactNode; children?: ReactNode; actions?: ReactNode }

/** Nothing to show, said plainly, with the next thing to do. */
export function EmptyState({ title, children, actions }: Props) {
  return (
    <section className="empty-state">
      <div className="max-w-lg">
        <EmptyRow />
        <h2 className="mt-6">{title}</h2>
        {children ? <p className="mt-3 text-quiet">{children}</p> : null}
        {actions ? <div className="mt-6 flex flex-wrap gap-3">{actions}</div> : null}
      </div>
    </section>
  )
}

/** Something failed: what, and what to do now. Read out at once. */
export function ErrorState({ title, children, actions }: Props) {
  return (
    <section role="alert" className="border-bad border-l-4 py-2 pl-5">
      <h2>{title}</h2>
      {children ? <div className="mt-2 max-w-prose">{children}</div> : null}
      {actions ? <div className="mt-4 flex flex-wrap gap-3">{actions}</div> : null}
    </section>
  )
}

/** One line above a form that did not go through. */
export function FormError({ children }: { children?: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {children ? <p className="border-bad border-l-4 py-1 pl-4 font-medium text-bad">{children}</p> : null}
    </div>
  )
}

/** A row of empty seats: the house before anybody came. */
function EmptyRow() {
  return (
    <svg viewBox="0 0 196 24" width="196" height="24" aria-hidden="true" fill="none" stroke="var(--edge)">
      {[0, 1, 2, 3, 4, 5, 6, 7].map((seat) => (
        <path key={seat} d={`M${seat * 24 + 4.5} 3v12.5q0 5 5 5h6q5 0 5-5V3`} />
      ))}
    </svg>
  )
}
