import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Answer, send } from '../../api/browser.ts'
import type { Notification } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { instantInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { useFocusOn } from '../../util/use-focus-on.ts'
import { failureText } from '../account/failure-text.ts'
import { ListStates } from './list-states.tsx'
import './texts.ts'
import { useList } from './use-list.ts'
import { Yours, yoursTitle } from './yours.tsx'

export default function NoticesPage() {
  const { t } = useTranslation('community')
  return (
    <Yours title={t('notices.title')} path={paths.notices()}>
      {() => <Notices />}
    </Yours>
  )
}

function Notices() {
  const { t, i18n } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const queries = useQueryClient()
  const announce = useAnnounce()
  const list = useList<Notification>('/api/notifications', 30)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const focusOn = useFocusOn()
  const unread = list.items?.filter((one) => one.readAt === null) ?? []

  const readOne = ({ id }: Notification) =>
    read((one) => one.id === id, send('PUT', `/api/notifications/${id}/read`))
  const readAll = () => read(() => true, send('POST', '/api/notifications/read-all'))

  async function read(which: (notice: Notification) => boolean, sent: Promise<Answer<unknown>>) {
    setFailure(undefined)
    const now = new Date().toISOString()
    list.change((items) => items.map((one) => (which(one) ? { ...one, readAt: one.readAt ?? now } : one)))
    const answer = await sent
    if (!answer.ok) {
      setFailure(failureText(answer.problem, site))
      await list.again()
    }
    await queries.invalidateQueries({ queryKey: ['unread'] })
    return answer.ok
  }

  const empty = (
    <EmptyState
      title={t('notices.none')}
      actions={
        <ButtonLink look="main" to={paths.watchlist()}>
          {t('watchlist.title')}
        </ButtonLink>
      }
    >
      {t('notices.noneText')}
    </EmptyState>
  )
  return (
    <ListStates list={list} empty={empty}>
      <div className="reading flex min-h-11 flex-wrap items-center justify-between gap-4 pb-4">
        <p className="text-quiet">{t('notices.unread', { count: unread.length })}</p>
        {unread.length > 1 ? (
          <Button
            busy={busy}
            onClick={async () => {
              setBusy(true)
              const done = await readAll()
              setBusy(false)
              if (!done) return
              focusOn(yoursTitle)
              announce(t('notices.unread', { count: 0 }))
            }}
          >
            {t('notices.readAll')}
          </Button>
        ) : null}
      </div>
      <p role="alert" className="reading pb-4 text-bad empty:hidden">
        {failure}
      </p>
      <ol className="reading border-line border-b">
        {list.items?.map((notice) => (
          <li key={notice.id} className="told" data-unread={notice.readAt === null || undefined}>
            <div>
              <h2 id={`notice-${notice.id}`} className="text-xl md:text-2xl">
                {notice.readAt === null ? <span className="told-new">{t('notices.new')} </span> : null}
                {notice.link ? (
                  <Link
                    to={notice.link}
                    className="no-underline hover:underline"
                    onClick={() => (notice.readAt ? undefined : void readOne(notice))}
                  >
                    <bdi>{notice.title}</bdi>
                  </Link>
                ) : (
                  notice.title
                )}
              </h2>
              {notice.body ? (
                <p className="mt-1 max-w-prose whitespace-pre-line" dir="auto">
                  {notice.body}
                </p>
              ) : null}
            </div>
            <p className="told-end">
              <time dateTime={notice.createdAt} className="small-print">
                {instantInWords(notice.createdAt, i18n.language)}
              </time>
              {notice.readAt === null ? (
                <button
                  type="button"
                  className="line-action text-sm"
                  aria-label={t('notices.readOf', { title: notice.title })}
                  onClick={() => {
                    focusOn(`notice-${notice.id}`)
                    void readOne(notice)
                  }}
                >
                  {t('notices.read')}
                </button>
              ) : null}
            </p>
          </li>
        ))}
      </ol>
    </ListStates>
  )
}
