import { useTranslation } from 'react-i18next'
import { Form, type LoaderFunctionArgs, useLoaderData, useNavigation } from 'react-router'
import { gently } from '../../api/load.ts'
import { hang } from '../../art/poster/index.ts'
import { apiOf } from '../../context.ts'
import { SearchField } from '../../search/search-field.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { paths } from '../../util/path-builder.ts'
import { useAskedFields } from '../../util/use-asked-fields.ts'
import { useGenres } from '../../util/use-genres.ts'
import './search-page.css'
import { FoundFilms } from './found-films.tsx'
import { FoundTheaters } from './found-theaters.tsx'

// Untold, films come by how well they match, or, where only filters ask, the most popular first.
const sorts = { best: undefined, rating: 'rating', newest: 'newest', title: 'title' } as const
type Sort = keyof typeof sorts
const sortNames = Object.keys(sorts) as Sort[]
const perPage = 24

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const query = new URL(request.url).searchParams
  const q = query.get('q')?.trim().slice(0, 200) || undefined
  const genre = query.get('genre')?.slice(0, 40) || undefined
  const asked = query.get('year') ?? ''
  const year = /^\d{4}$/.test(asked) && Number(asked) >= 1870 && Number(asked) <= 2200 ? asked : undefined
  const sort = sortNames.find((one) => one === query.get('sort')) ?? 'best'
  const cursor = query.get('cursor') || undefined
  const wish = { q, genre, year: year ? Number(year) : undefined, sort: sorts[sort], limit: perPage }
  const asks = Boolean(q || genre || year)
  const patience = 4000
  const [films, theaters, genres] = await Promise.all([
    asks ? gently(filmsFrom(cursor), patience) : undefined,
    q && !cursor ? gently(api.theaters.attempt.listTheaters({ q, limit: 6 }), patience) : undefined,
    gently(api.movies.attempt.listGenres()),
  ])
  return {
    q,
    genre,
    year,
    sort,
    asks,
    paged: cursor !== undefined,
    films,
    variants: hang(films?.items ?? []),
    theaters: theaters?.items ?? [],
    genres: genres?.items.filter(({ count }) => count > 0).map(({ name }) => name) ?? [],
  }

  // A cursor from an old link may be worth nothing any more.
  async function filmsFrom(after: string | undefined) {
    const found = await api.movies.attempt.listMovies({ ...wish, cursor: after })
    return found.ok || !after ? found : api.movies.attempt.listMovies(wish)
  }
}

export default function SearchPage() {
  const { t } = useTranslation('site')
  const { q, genre, year, sort, asks, paged, films, variants, theaters, genres } =
    useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'loading'
  const title = q ? t('search.titleOf', { q }) : t('search.title')
  return (
    <div className="page pt-6 md:pt-10">
      <title>{`${title} · Marquee`}</title>
      <meta name="robots" content="noindex" />
      <h1 className="sr-only">{title}</h1>
      <SearchField initial={q} large />
      {asks ? <Filters {...{ q, genre, year, sort, genres }} count={films?.items.length ?? 0} /> : null}
      {sort === 'rating' && films && films.items.length > 0 ? (
        <p className="mt-4 max-w-prose text-quiet text-sm">{t('ranks.weighed')}</p>
      ) : null}
      <div className={`search-results ${busy ? 'opacity-60' : ''}`} aria-busy={busy}>
        {asks && theaters.length > 0 ? <FoundTheaters theaters={theaters} /> : null}
        {asks && films && films.items.length > 0 ? (
          <FoundFilms films={films.items} variants={variants} />
        ) : null}
      </div>
      {asks ? null : (
        <div className="mt-10">
          <EmptyState
            title={t('search.ask')}
            actions={<ButtonLink to={paths.films()}>{t('error.toFilms')}</ButtonLink>}
          >
            {t('search.askText')}
          </EmptyState>
        </div>
      )}
      {asks && !films ? (
        <div className="mt-10">
          <ErrorState
            title={t('search.away')}
            actions={<ButtonLink to={paths.films()}>{t('error.toFilms')}</ButtonLink>}
          >
            {t('search.awayText')}
          </ErrorState>
        </div>
      ) : null}
      {films?.items.length === 0 ? (
        <div className="mt-10">
          <EmptyState
            title={t('search.noFilms')}
            actions={
              genre || year ? (
                <ButtonLink look="main" to={paths.search({ q })}>
                  {t('search.clear')}
                </ButtonLink>
              ) : (
                <ButtonLink to={paths.films()}>{t('error.toFilms')}</ButtonLink>
              )
            }
          >
            {t('search.noFilmsText')}
          </EmptyState>
        </div>
      ) : null}
      <div className="mt-8 flex flex-wrap gap-3">
        {films?.nextCursor ? (
          <ButtonLink look="main" to={paths.search({ q, genre, year, sort, cursor: films.nextCursor })}>
            {t('search.more')}
          </ButtonLink>
        ) : null}
        {paged ? (
          <ButtonLink to={paths.search({ q, genre, year, sort })}>{t('search.start')}</ButtonLink>
        ) : null}
      </div>
    </div>
  )
}

type FilterProps = { q?: string; genre?: string; year?: string; sort: Sort; genres: string[]; count: number }

function Filters({ q, genre, year, sort, genres, count }: FilterProps) {
  const nameOf = useGenres()
  const { t } = useTranslation('site')
  const form = useAskedFields({ q, genre, year, sort }, t('films.shown', { count }))
  return (
    <Form ref={form} method="get" className="search-filters">
      {q ? <input type="hidden" name="q" value={q} /> : null}
      <Select
        label={t('search.genre')}
        name="genre"
        defaultValue={genre ?? ''}
        options={[
          { value: '', label: t('search.allGenres') },
          ...genres.map((name) => ({ value: name, label: nameOf(name) })),
        ]}
      />
      <TextField
        label={t('search.year')}
        name="year"
        inputMode="numeric"
        pattern="\d{4}"
        maxLength={4}
        defaultValue={year}
      />
      <Select
        label={t('search.sort')}
        name="sort"
        defaultValue={sort}
        options={sortNames.map((value) => ({ value, label: t(`search.sorts.${value}`) }))}
      />
      <button type="submit" className="button">
        {t('search.apply')}
      </button>
    </Form>
  )
}
