import { useTranslation } from 'react-i18next'
import { Form, Link, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { everything } from '../../api/load.ts'
import { apiOf } from '../../context.ts'
import { SocialTags } from '../../shell/social-tags.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { countryInWords } from '../../util/languages.ts'
import { paths } from '../../util/path-builder.ts'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const q = new URL(request.url).searchParams.get('q')?.trim().slice(0, 200) || undefined
  const api = apiOf(context)
  const theaters = await everything((cursor) => api.theaters.listTheaters({ q, limit: 100, cursor }))
  return { q, theaters }
}

export default function TheatersPage() {
  const { t, i18n } = useTranslation('site')
  const { q, theaters } = useLoaderData<typeof loader>()
  return (
    <div className="page pt-6 md:pt-10">
      <title>{`${t('theaters.title')} · Marquee`}</title>
      <SocialTags title={t('theaters.title')} description={t('site.description')} path={paths.theaters()} />
      <h1>{t('theaters.title')}</h1>
      <Form method="get" role="search" className="mt-6 flex max-w-xl items-end gap-3">
        <div className="grow">
          <TextField
            key={q}
            label={t('theaters.search')}
            name="q"
            type="search"
            defaultValue={q}
            maxLength={200}
          />
        </div>
        <button type="submit" className="button">
          {t('theaters.apply')}
        </button>
      </Form>
      {theaters.length > 0 ? (
        <ul className="mt-8 border-line border-t">
          {theaters.map((theater) => (
            <li key={theater.id} className="border-line border-b">
              <Link to={paths.theater(theater.id)} className="theater-line">
                <bdi className="condensed text-3xl leading-none md:text-5xl">{theater.name}</bdi>
                <span className="text-quiet">
                  <bdi>{theater.address}</bdi>, <bdi>{theater.city}</bdi>,{' '}
                  {countryInWords(theater.country, i18n.language)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <div className="mt-8">
          <EmptyState
            title={q ? t('theaters.notFound') : t('theaters.none')}
            actions={
              <ButtonLink look="main" to={q ? paths.theaters() : paths.manage()}>
                {q ? t('theater.back') : t('programme.runACinema')}
              </ButtonLink>
            }
          >
            {q ? t('theaters.notFoundText') : t('theaters.noneText')}
          </EmptyState>
        </div>
      )}
    </div>
  )
}
