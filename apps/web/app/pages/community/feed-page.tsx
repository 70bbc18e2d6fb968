import { useTranslation } from 'react-i18next'
import type { Review } from '../../api/types.ts'
import { ReviewEntry } from '../../community/review-entry.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { ListStates } from './list-states.tsx'
import './texts.ts'
import { useList } from './use-list.ts'
import { Yours } from './yours.tsx'

export default function FeedPage() {
  const { t } = useTranslation('community')
  return (
    <Yours title={t('feed.title')} path={paths.feed()}>
      {() => <Feed />}
    </Yours>
  )
}

function Feed() {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const list = useList<Review>('/api/feed', 20)
  const empty = (
    <EmptyState
      title={t('feed.none')}
      actions={
        <ButtonLink look="main" to={paths.films()}>
          {site('error.toFilms')}
        </ButtonLink>
      }
    >
      {t('feed.noneText')}
    </EmptyState>
  )
  return (
    <ListStates list={list} empty={empty}>
      <ol className="reading">
        {list.items?.map((review) => (
          <li key={review.id}>
            <ReviewEntry review={review} withFilm level="h2" />
          </li>
        ))}
      </ol>
    </ListStates>
  )
}
