import { useTranslation } from 'react-i18next'
import { data, Link, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { found } from '../../api/load.ts'
import { apiOf } from '../../context.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import './community-pages.css'
import './texts.ts'

const kinds = ['followers', 'following'] as const

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const api = apiOf(context).reviews.attempt
  const handle = params.handle ?? ''
  const kind = kinds.find((one) => one === params.kind)
  if (!kind) throw data(null, { status: 404 })
  const cursor = new URL(request.url).searchParams.get('after')?.slice(0, 500) || undefined
  const input = { handle, cursor, limit: 50 }
  const [profile, people] = await Promise.all([
    found(api.getProfile({ handle })),
    found(kind === 'followers' ? api.listFollowers(input) : api.listFollowing(input)),
  ])
  return { profile, kind, people }
}

export default function FollowsPage() {
  const { t } = useTranslation('community')
  const { profile, kind, people } = useLoaderData<typeof loader>()
  const title = t(`follows.${kind}`, { name: profile.name })
  const here = kind === 'followers' ? paths.followers(profile.handle) : paths.following(profile.handle)
  const back = (
    <ButtonLink to={paths.person(profile.handle)}>{t('follows.back', { name: profile.name })}</ButtonLink>
  )
  return (
    <div className="page pt-6 md:pt-10">
      <title>{`${title} · Marquee`}</title>
      <meta name="robots" content="noindex" />
      <h1>{title}</h1>
      {people.items.length === 0 ? (
        <div className="mt-8">
          <EmptyState title={t('follows.none')} actions={back} />
        </div>
      ) : (
        <>
          <ul className="mt-8 border-line border-b">
            {people.items.map((person) => (
              <li key={person.userId} className="border-line border-t">
                <Link to={paths.person(person.handle)} className="theater-line">
                  <bdi className="condensed text-2xl leading-none md:text-3xl">{person.name}</bdi>
                  <span className="text-quiet">@{person.handle}</span>
                </Link>
              </li>
            ))}
          </ul>
          <p className="flex flex-wrap gap-3 pt-6">
            {people.nextCursor ? (
              <ButtonLink look="main" to={`${here}?after=${encodeURIComponent(people.nextCursor)}`}>
                {t('more')}
              </ButtonLink>
            ) : null}
            {back}
          </p>
        </>
      )}
    </div>
  )
}
