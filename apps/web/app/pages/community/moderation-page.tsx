import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { send } from '../../api/browser.ts'
import { useMe } from '../../api/me.ts'
import type { Report } from '../../api/types.ts'
import { ErrorPage } from '../../shell/error-page.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { failureText } from '../account/failure-text.ts'
import '../../community/community.css'
import './community-pages.css'
import { ListStates } from './list-states.tsx'
import { ReportedText } from './reported-text.tsx'
import './texts.ts'
import { useList } from './use-list.ts'

const statuses = ['open', 'kept', 'hidden'] as const

export default function ModerationPage() {
  const { t } = useTranslation('community')
  const me = useMe()
  const [search] = useSearchParams()
  const status = statuses.find((one) => one === search.get('status')) ?? 'open'
  if (me === null) return <ErrorPage status={401} />
  if (me && !me.roles.includes('admin')) return <ErrorPage status={403} />
  return (
    <>
      <title>{`${t('moderation.title')} · Marquee`}</title>
      <meta name="robots" content="noindex" />
      <div className="page pt-6 pb-5 md:pt-10">
        <h1>{t('moderation.title')}</h1>
      </div>
      <nav aria-label={t('moderation.which')} className="border-line border-y">
        <ul className="scroll-strip page">
          {statuses.map((one) => (
            <li key={one}>
              <Link
                to={paths.moderation({ status: one === 'open' ? undefined : one })}
                aria-current={one === status ? 'page' : undefined}
                className="choice"
              >
                {t(`moderation.status.${one}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="page min-h-dvh pt-6 md:pt-8">
        {me ? <Reports key={status} status={status} /> : <SkeletonRows label={t('loading')} />}
      </div>
    </>
  )
}

/** What is decided stays in its place until the page is left: the other button is the undo. */
function Reports({ status }: { status: (typeof statuses)[number] }) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const announce = useAnnounce()
  const list = useList<Report>(`/api/moderation/reports?status=${status}`, 30)
  const [failure, setFailure] = useState<{ id: string; text: string }>()

  async function decide(report: Report, decision: 'keep' | 'hide') {
    setFailure(undefined)
    const answer = await send<Report>('POST', `/api/moderation/reports/${report.id}`, { body: { decision } })
    if (!answer.ok) setFailure({ id: report.id, text: failureText(answer.problem, site) })
    if (!answer.ok) return false
    list.change((items) => items.map((one) => (one.id === report.id ? answer.value : one)))
    announce(t(decision === 'keep' ? 'moderation.kept' : 'moderation.hid'))
    return true
  }

  const empty = <EmptyState title={t(`moderation.none.${status}`)}>{t('moderation.noneText')}</EmptyState>
  return (
    <ListStates list={list} empty={empty}>
      <ol className="border-line border-b">
        {list.items?.map((report) => (
          <li key={report.id}>
            <ReportedText
              report={report}
              failure={failure?.id === report.id ? failure.text : undefined}
              onDecide={(decision) => decide(report, decision)}
            />
          </li>
        ))}
      </ol>
    </ListStates>
  )
}
