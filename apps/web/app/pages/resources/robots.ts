import type { LoaderFunctionArgs } from 'react-router'
import { originOf } from '../../context.ts'

const personal = ['/api/', '/account', '/orders', '/tickets/', '/shows/', '/door', '/manage', '/dev/']

export function loader({ context }: LoaderFunctionArgs) {
  const lines = [
    'User-agent: *',
    ...personal.map((path) => `Disallow: ${path}`),
    `Sitemap: ${originOf(context)}/sitemap.xml`,
  ]
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
