import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRevalidator } from 'react-router'
import { read, send } from '../../api/browser.ts'
import { useMe } from '../../api/me.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { paths } from '../../util/path-builder.ts'
import { failureText } from '../account/failure-text.ts'
import './texts.ts'

type Props = { handle: string; name: string; userId: string }

export function FollowButton({ handle, name, userId }: Props) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const me = useMe()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const { revalidate } = useRevalidator()
  const queryKey = ['follow', handle, me?.id]
  const path = `/api/people/${handle}/follow`
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => read<{ following: boolean }>(path, signal),
    enabled: Boolean(me) && me?.id !== userId,
  })
  const following = data?.following ?? false
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  function show(value: boolean) {
    // A reading on its way may be older than the press.
    void queries.cancelQueries({ queryKey })
    queries.setQueryData(queryKey, { following: value })
  }

  async function toggle() {
    // Two presses side by side might arrive in the other order.
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    show(!following)
    const answer = await send(following ? 'DELETE' : 'PUT', path)
    setBusy(false)
    show(answer.ok ? !following : following)
    if (!answer.ok) return setFailure(failureText(answer.problem, site))
    announce(t(following ? 'profile.unfollowed' : 'profile.followed', { name }))
    // How many follow stands beside the button.
    void revalidate()
  }

  if (me?.id === userId) return <ButtonLink to={paths.account()}>{t('profile.change')}</ButtonLink>
  if (!me) {
    return <ButtonLink to={paths.login({ next: paths.person(handle) })}>{t('profile.follow')}</ButtonLink>
  }
  return (
    <div className="md:text-end">
      <Button aria-pressed={following} className="tick-button" onClick={toggle}>
        {t('profile.follow')}
        <span aria-hidden="true">{following ? '✓' : '+'}</span>
      </Button>
      <p role="alert" className="pt-2 text-bad empty:hidden">
        {failure}
      </p>
    </div>
  )
}
