import { type Html, html } from './html.ts'

export const paper = '#F6F1E7'
export const ink = '#1B1815'
const quiet = '#5E564B'
const line = '#D9CFBD'
const face = "Georgia, 'Times New Roman', serif"

/** The whole page of a mail: paper, ink and one column, from tables because mail programs know nothing else. */
export function frame({
  title,
  origin,
  content,
}: {
  title: string
  origin: string
  content: readonly Html[]
}): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${title}</title>
</head>
<body style="margin:0;padding:0;background:${paper};color:${ink}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:${paper}">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font-family:${face};font-size:17px;line-height:1.5;color:${ink};text-align:left">
<tr><td style="padding-bottom:24px;font-size:15px;letter-spacing:0.18em">MARQUEE</td></tr>
<tr><td style="border-top:2px solid ${ink};padding-top:24px">
${content}
</td></tr>
<tr><td style="border-top:1px solid ${line};padding-top:16px;font-size:14px;color:${quiet}">Sent by <a href="${origin}" style="color:${quiet}">${origin}</a></td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
  return page.markup
}

export const heading = (text: string) =>
  html`<h1 style="margin:0 0 12px;font-size:30px;line-height:1.15;font-weight:normal">${text}</h1>`
export const paragraph = (text: string) => html`<p style="margin:0 0 16px">${text}</p>`
export const smallPrint = (text: string) =>
  html`<p style="margin:0 0 16px;font-size:15px;color:${quiet}">${text}</p>`
export const button = (label: string, href: string) =>
  html`<p style="margin:24px 0"><a href="${href}" style="display:inline-block;background:${ink};color:${paper};padding:14px 22px;text-decoration:none">${label}</a></p>`
