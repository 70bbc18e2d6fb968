import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { useMe } from '../../../api/me.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { FormError } from '../../../ui/states.tsx'
import { Failure } from '../failure.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { Items, MyTheater, Person, Role } from '../manage-types.ts'
import { OwnersOnly } from '../owners-only.tsx'
import { TwoStep } from '../two-step.tsx'
import { useApi, useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { useTheater } from '../use-theater.ts'
import { InviteForm } from './invite-form.tsx'

/** Who works here and what they may do. */
export default function PeoplePage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const people = useApi<Items<Person>>(theater.role === 'owner' ? apiPaths.people(theater.id) : undefined)
  return (
    <OwnersOnly>
      <div className="pt-6">
        <title>{`${t('shell.people')}, ${theater.name} · Marquee`}</title>
        <h1 className="manage-title">{t('shell.people')}</h1>
        <p className="mt-3 mb-8 max-w-prose text-quiet">{t('people.text')}</p>
        {people.error ? (
          <Failure error={people.error} onAgain={people.refetch} />
        ) : people.data ? (
          <>
            <ul className="border-line border-t">
              {people.data.items.map((person) => (
                <Line key={person.userId} theater={theater} person={person} />
              ))}
            </ul>
            <InviteForm theater={theater} />
          </>
        ) : (
          <SkeletonRows rows={2} label={t('loading')} />
        )}
      </div>
    </OwnersOnly>
  )
}

function Line({ theater, person }: { theater: MyTheater; person: Person }) {
  const { t } = useTranslation('manage')
  const me = useMe()
  const announce = useAnnounce()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [failure, setFailure] = useState<string>()
  const path = `${apiPaths.people(theater.id)}/${person.userId}`

  async function change(method: 'PUT' | 'DELETE', role?: Role) {
    const answer = await send(method, path, role ? { body: { role } } : {})
    if (!answer.ok)
      return setFailure(answer.code === 'last-owner' ? t('people.lastOwner') : textOf(answer.problem))
    setFailure(undefined)
    await refresh()
    announce(t('saved'))
  }
  return (
    <li className="border-line border-b py-3">
      <div className="people-line">
        <div className="min-w-0">
          <p className="font-semibold">
            <bdi>{person.name}</bdi>{' '}
            {me?.id === person.userId ? <span className="small-print">{t('people.you')}</span> : null}
          </p>
          <p className="small-print break-words">{person.email}</p>
        </div>
        <select
          className="input people-role"
          aria-label={t('people.roleOf', { name: person.name })}
          value={person.role}
          onChange={(event) => change('PUT', event.target.value === 'owner' ? 'owner' : 'staff')}
        >
          <option value="owner">{t('role.owner')}</option>
          <option value="staff">{t('role.staff')}</option>
        </select>
        <TwoStep
          quiet
          ask={t('remove')}
          label={t('people.remove', { name: person.name })}
          question={t('people.removeAsk', { name: person.name })}
          confirm={t('people.removeConfirm')}
          onConfirm={() => change('DELETE')}
        />
      </div>
      <FormError>{failure}</FormError>
    </li>
  )
}
