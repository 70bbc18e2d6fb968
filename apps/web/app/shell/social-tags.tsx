import { useTranslation } from 'react-i18next'
import { useRouteLoaderData } from 'react-router'
import type { loader } from '../root.tsx'

type Props = { title: string; description: string; path: string; picture?: string; type?: string }

/** What a shared link shows. React lifts these into the head. */
export function SocialTags({ title, description, path, picture, type = 'website' }: Props) {
  const { i18n } = useTranslation('site')
  const origin = useRouteLoaderData<typeof loader>('root')?.origin ?? ''
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={`${origin}${path}`} />
      <meta property="og:site_name" content="Marquee" />
      <meta property="og:locale" content={i18n.language} />
      <meta property="og:type" content={type} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={`${origin}${path}`} />
      {picture ? <meta property="og:image" content={`${origin}${picture}`} /> : null}
      <meta name="twitter:card" content={picture ? 'summary_large_image' : 'summary'} />
    </>
  )
}
