import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../ui/button.tsx'
import { paths } from '../util/path-builder.ts'

const known: Record<number, string> = {
  0: 'offline',
  404: 'missing',
  403: 'forbidden',
  401: 'unauthenticated',
  429: 'busy',
  503: 'busy',
  504: 'busy',
}

/** A page that could not be shown: the number set like a film's title, then the way out. 0: nobody answered. */
export function ErrorPage({ status }: { status: number }) {
  const { t } = useTranslation('site')
  const kind = known[status] ?? 'broken'
  return (
    <div className="page py-12 md:py-20">
      <title>{`${t(`error.${kind}.title`)} · Marquee`}</title>
      {status > 0 ? (
        <p className="condensed text-[clamp(7rem,30vw,18rem)] text-edge leading-[0.8]" aria-hidden="true">
          {status}
        </p>
      ) : null}
      <h1 className="mt-8">{t(`error.${kind}.title`)}</h1>
      <p className="mt-4 max-w-prose text-lg text-quiet">{t(`error.${kind}.text`)}</p>
      <div className="mt-8 flex flex-wrap gap-3">
        {status === 401 ? (
          <ButtonLink look="main" to={paths.login()}>
            {t('shell.logIn')}
          </ButtonLink>
        ) : null}
        {status === 0 ? (
          <Button look="main" onClick={() => window.location.reload()}>
            {t('error.again')}
          </Button>
        ) : null}
        <ButtonLink look={status === 401 || status === 0 ? 'plain' : 'main'} to={paths.programme()}>
          {t('error.toProgramme')}
        </ButtonLink>
        <ButtonLink to={paths.films()}>{t('error.toFilms')}</ButtonLink>
      </div>
    </div>
  )
}
