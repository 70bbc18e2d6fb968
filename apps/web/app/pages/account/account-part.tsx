import type { ReactNode } from 'react'

export function AccountPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-12 gap-y-4 border-line border-t py-8 first:border-t-0 md:grid-cols-[16rem_minmax(0,34rem)]">
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  )
}
