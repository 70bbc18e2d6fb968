import { asElements } from './isolated.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as text, whatever it holds. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

/** Text between tags: what is isolated in it becomes an element. */
export const shown = (text: string): string => asElements(escaped(text))

export type Paper = { title: string; body: string; footer: string }

/** A mail's page: paper and ink, no pictures from elsewhere. `body` is HTML already. */
export function paper({ title, body, footer }: Paper): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="margin:0;background:#F6F1E7;color:#1B1815;font-family:'Helvetica Neue',Arial,sans-serif;font-size:16px;line-height:1.5">
<div style="max-width:36rem;margin:0 auto;padding:2rem 1rem"><p style="margin:0 0 2rem;font-weight:800;letter-spacing:-.01em">Marquee</p>
<h1 style="font-size:1.8rem;line-height:1.1;margin:0 0 1rem">${shown(title)}</h1>${body}
<p style="margin:2rem 0 0;border-top:1px solid #CFC6B5;padding-top:1rem;font-size:.85rem;color:#5C544A">${shown(footer)}</p></div></body></html>`
}

export const paragraph = (text: string): string => `<p style="margin:0 0 1rem">${shown(text)}</p>`
export const button = (label: string, url: string): string =>
  `<p style="margin:1.5rem 0"><a href="${escaped(url)}" style="background:#B8321F;color:#fff;padding:.8rem 1.2rem;text-decoration:none;display:inline-block">${shown(label)}</a></p>`
