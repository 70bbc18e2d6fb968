import { useTranslation } from 'react-i18next'
import { Link, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { found, gently } from '../../api/load.ts'
import { useMe } from '../../api/me.ts'
import type { DiaryEntry } from '../../api/types.ts'
import { ReviewEntry } from '../../community/review-entry.tsx'
import { apiOf } from '../../context.ts'
import { SocialTags } from '../../shell/social-tags.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { dayInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import '../../community/community.css'
import './community-pages.css'
import { DiaryMonths } from './diary-page.tsx'
import { FollowButton } from './follow-button.tsx'
import { reasonOf } from './list-states.tsx'
import { ProfileFigures } from './profile-figures.tsx'
import './texts.ts'
import { useList } from './use-list.ts'

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const handle = params.handle ?? ''
  const cursor = new URL(request.url).searchParams.get('after')?.slice(0, 500) || undefined
  const [profile, reviews] = await Promise.all([
    found(api.reviews.attempt.getProfile({ handle })),
    gently(api.reviews.attempt.listPersonReviews({ handle, limit: 10, cursor })),
  ])
  return { profile, reviews, paged: cursor !== undefined }
}

/** A person in public. The same for everybody; what only their followers may see is asked for afterwards. */
export default function ProfilePage() {
  const { t, i18n } = useTranslation('community')
  const { profile, reviews, paged } = useLoaderData<typeof loader>()
  const { handle } = profile
  const joined = profile.joinedAt.slice(0, 7)
  return (
    <>
      <title>{`${profile.name} · Marquee`}</title>
      <SocialTags
        title={profile.name}
        description={t('profile.description', { name: profile.name, count: profile.films })}
        path={paths.person(handle)}
        type="profile"
      />
      <div className="page pt-6 md:pt-10">
        <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
          <div>
            <h1>
              <bdi>{profile.name}</bdi>
            </h1>
            <p className="mt-3 text-quiet">
              @{handle} · {t('profile.since', { month: dayInWords(`${joined}-01`, i18n.language, 'month') })}
            </p>
          </div>
          <FollowButton handle={handle} name={profile.name} userId={profile.userId} />
        </div>
        <ul className="profile-counts">
          <li>{t('profile.films', { count: profile.films })}</li>
          <li>{t('profile.ratings', { count: profile.ratings })}</li>
          <li>{t('profile.reviews', { count: profile.reviews })}</li>
          <li>
            <Link to={paths.followers(handle)} className="choice">
              {t('profile.followers', { count: profile.followers })}
            </Link>
          </li>
          <li>
            <Link to={paths.following(handle)} className="choice">
              {t('profile.following', { count: profile.following })}
            </Link>
          </li>
        </ul>
        <div className="profile">
          <ProfileFigures profile={profile} />
          <div className="min-w-0">
            <section aria-labelledby="reviews">
              <h2 id="reviews">{t('profile.written')}</h2>
              {reviews === undefined ? <p className="mt-3 text-quiet">{t('profile.away')}</p> : null}
              {reviews?.items.length === 0 ? (
                <p className="mt-3 text-quiet">{t('profile.nothingWritten', { name: profile.name })}</p>
              ) : null}
              <ol className="mt-4">
                {reviews?.items.map((review) => (
                  <li key={review.id}>
                    <ReviewEntry review={review} withFilm withAuthor={false} />
                  </li>
                ))}
              </ol>
              <p className="flex flex-wrap gap-3 pt-4 empty:hidden">
                {reviews?.nextCursor ? (
                  <ButtonLink to={`${paths.person(handle)}?after=${encodeURIComponent(reviews.nextCursor)}`}>
                    {t('profile.older')}
                  </ButtonLink>
                ) : null}
                {paged ? <ButtonLink to={paths.person(handle)}>{t('profile.newest')}</ButtonLink> : null}
              </p>
            </section>
            <ShownDiary handle={handle} />
          </div>
        </div>
      </div>
    </>
  )
}

/** The viewings that this person shows to whoever looks; comes last, so that nothing moves when it arrives. */
function ShownDiary({ handle }: { handle: string }) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const me = useMe()
  const path = me === undefined ? undefined : `/api/people/${handle}/diary`
  const list = useList<DiaryEntry>(path, 20)
  if (!list.items || list.items.length === 0) return null
  return (
    <section aria-labelledby="diary" className="mt-12">
      <h2 id="diary">{t('diary.title')}</h2>
      <div className="mt-6">
        <DiaryMonths entries={list.items} level="h3" />
      </div>
      <p role="alert" className="pt-4 text-bad empty:hidden">
        {list.error ? reasonOf(list.error, site) : null}
      </p>
      {list.hasMore ? (
        <button type="button" className="button mt-6" onClick={() => list.more()}>
          {t('more')}
        </button>
      ) : null}
    </section>
  )
}
