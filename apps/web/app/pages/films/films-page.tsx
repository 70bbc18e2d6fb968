import { useTranslation } from 'react-i18next'
import { Form, Link, type LoaderFunctionArgs, useLoaderData, useNavigation } from 'react-router'
import type { MovieSummary } from '../../api/types.ts'
import { hang } from '../../art/poster/index.ts'
import { apiOf } from '../../context.ts'
import { SocialTags } from '../../shell/social-tags.tsx'
import { Average } from '../../ui/average.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Poster } from '../../ui/poster.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { paths } from '../../util/path-builder.ts'
import { useAskedFields } from '../../util/use-asked-fields.ts'
import { useGenres } from '../../util/use-genres.ts'

const sorts = ['popular', 'rating', 'newest', 'title'] as const
const perPage = 36

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const query = new URL(request.url).searchParams
  const q = query.get('q')?.trim().slice(0, 200) || undefined
  const genre = query.get('genre')?.slice(0, 40) || undefined
  // Untold, the best match comes first where something is searched for, and else the most popular.
  const told = sorts.find((one) => one === query.get('sort'))
  const sort = told === 'popular' && !q ? undefined : told
  const cursor = query.get('cursor') || undefined
  const [films, genres] = await Promise.all([
    listOrStartAgain({ q, genre, sort, cursor, limit: perPage }),
    api.movies.attempt.listGenres(),
  ])
  const known = genres.ok ? genres.value.items : []
  return {
    q,
    genre: known.find(({ name }) => name.toLowerCase() === genre?.toLowerCase())?.name ?? genre,
    sort,
    paged: cursor !== undefined,
    films: films.items,
    // Six hang in a row on a wide screen; on a phone two do, where the film beside matters most.
    variants: hang(films.items, 6),
    nextCursor: films.nextCursor,
    genres: known.filter((one) => one.count > 0),
  }

  // A cursor from an old link may be worth nothing any more.
  async function listOrStartAgain(input: Parameters<typeof api.movies.listMovies>[0]) {
    const list = await api.movies.attempt.listMovies(input)
    return list.ok ? list.value : api.movies.listMovies({ ...input, cursor: undefined })
  }
}

export default function FilmsPage() {
  const { t } = useTranslation('site')
  const { q, genre, sort, paged, films, variants, nextCursor, genres } = useLoaderData<typeof loader>()
  const genreName = useGenres()
  const busy = useNavigation().state === 'loading'
  const form = useAskedFields({ q, genre, sort }, t('films.shown', { count: films.length }))
  return (
    <>
      <title>{`${t('films.title')} · Marquee`}</title>
      <SocialTags title={t('films.title')} description={t('site.description')} path={paths.films()} />
      <div className="page pt-6 md:pt-10">
        <h1>{genre ? genreName(genre) : t('films.title')}</h1>
        <Form
          method="get"
          className="mt-6 grid grid-cols-2 items-end gap-x-3 gap-y-4 border-line border-y py-5 lg:grid-cols-[2fr_1fr_1fr_auto]"
          ref={form}
          role="search"
        >
          <div className="col-span-2 lg:col-span-1">
            <TextField label={t('films.search')} name="q" type="search" defaultValue={q} maxLength={200} />
          </div>
          <Select
            label={t('films.genre')}
            name="genre"
            defaultValue={genre ?? ''}
            options={[
              { value: '', label: t('films.allGenres') },
              ...genres.map(({ name }) => ({ value: name, label: genreName(name) })),
            ]}
          />
          <Select
            label={t('films.sort')}
            name="sort"
            defaultValue={sort ?? ''}
            options={[
              { value: '', label: t(q ? 'search.sorts.best' : 'films.sorts.popular') },
              ...sorts
                .filter((value) => q || value !== 'popular')
                .map((value) => ({ value, label: t(`films.sorts.${value}`) })),
            ]}
          />
          <button type="submit" className="button button-main col-span-2 lg:col-span-1">
            {t('films.apply')}
          </button>
        </Form>
        {sort === 'rating' && films.length > 0 ? (
          <p className="mt-4 max-w-prose text-quiet text-sm">{t('ranks.weighed')}</p>
        ) : null}
        {films.length > 0 ? (
          <ul className={`film-wall ${busy ? 'opacity-60' : ''}`} aria-busy={busy}>
            {films.map((film, at) => (
              <FilmOnWall key={film.id} film={film} variant={variants[at] ?? 0} eager={at < 6} />
            ))}
          </ul>
        ) : (
          <div className="mt-8">
            <EmptyState
              title={t('films.none')}
              actions={
                <ButtonLink look="main" to={paths.films()}>
                  {t('films.clear')}
                </ButtonLink>
              }
            >
              {t('films.noneText')}
            </EmptyState>
          </div>
        )}
        <div className="mt-10 flex flex-wrap gap-3">
          {nextCursor ? (
            <ButtonLink look="main" to={paths.films({ q, genre, sort, cursor: nextCursor })}>
              {t('films.more')}
            </ButtonLink>
          ) : null}
          {paged ? <ButtonLink to={paths.films({ q, genre, sort })}>{t('films.start')}</ButtonLink> : null}
        </div>
      </div>
    </>
  )
}

function FilmOnWall({ film, variant, eager }: { film: MovieSummary; variant: number; eager: boolean }) {
  return (
    <li>
      <Link to={paths.film(film.id)} className="block no-underline hover:underline">
        <Poster movieId={film.id} variant={variant} eager={eager} />
        <bdi className="condensed mt-2 block text-xl leading-tight">{film.title}</bdi>
      </Link>
      <p className="text-quiet text-sm">
        {film.year}
        {film.rating.count > 0 ? (
          <span>
            {' · '}
            <Average rating={film.rating} />
          </span>
        ) : null}
      </p>
    </li>
  )
}
