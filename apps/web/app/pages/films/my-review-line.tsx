import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Review } from '../../api/types.ts'
import { instantInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import type { useMyFilm } from './use-my-film.ts'

type Props = {
  film: { id: string; title: string }
  my: ReturnType<typeof useMyFilm>
  writing: boolean
  onWrite: () => void
  onShow: (review: Review) => void
}

export const writeButton = 'write-review'

/** One line, as high for a guest as for a writer, so that nothing moves when it is known who looks. */
export function MyReviewLine({ film, my, writing, onWrite, onShow }: Props) {
  const { t, i18n } = useTranslation('voices')
  const [newest] = my.mine.reviews
  if (newest) {
    return (
      <p className="my-review-line">
        <span>{t('write.have', { day: instantInWords(newest.createdAt, i18n.language) })}</span>
        <button type="button" className="line-action" onClick={() => onShow(newest)}>
          {t('write.show')}
        </button>
      </p>
    )
  }
  return (
    <p className="my-review-line">
      {my.me ? (
        <button id={writeButton} type="button" className="button" aria-expanded={writing} onClick={onWrite}>
          {t('write.title')}
        </button>
      ) : (
        <Link className="button" to={paths.login({ next: paths.film(film.id) })}>
          {t('write.title')}
        </Link>
      )}
    </p>
  )
}
