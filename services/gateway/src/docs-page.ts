import { type Contract, declaredProblems, type EndpointSpec, successStatuses } from '@marquee/kit/contract'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => escapes[one] ?? one)

/** The API for people: every endpoint on one page, no script. */
export function docsPage(
  contracts: readonly Contract[],
  info: { title: string; description: string },
): string {
  const isPublic = (spec: EndpointSpec) => !spec.access.every((word) => word === 'service')
  const sections = contracts.map(
    (contract) =>
      `<section><h2 id="${contract.name}">${escaped(contract.name)}</h2>${Object.entries(contract.endpoints)
        .filter(([, spec]) => isPublic(spec))
        .map(([name, spec]) => entry(name, spec))
        .join('')}</section>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)} API</title><style>${style}</style></head><body><header><h1>${escaped(info.title)} API</h1>
<p>${escaped(info.description)} Also as <a href="/api/openapi.json">OpenAPI 3.1</a> and as a <a href="/api/postman.json">Postman collection</a>.</p>
<nav aria-label="Services">${contracts.map((one) => `<a href="#${one.name}">${one.name}</a>`).join(' ')}</nav></header><main>${sections.join('')}</main></body></html>`
}

function entry(name: string, spec: EndpointSpec): string {
  const fields = (label: string, shape: object | undefined) =>
    shape && Object.keys(shape).length > 0
      ? `<dt>${label}</dt><dd>${Object.keys(shape)
          .map((key) => `<code>${escaped(key)}</code>`)
          .join(', ')}</dd>`
      : ''
  const body = spec.body && 'shape' in spec.body ? (spec.body.shape as object) : undefined
  const problems = declaredProblems(spec).map(
    ({ status, declaration }) => `<code>${status} ${escaped(declaration.code)}</code>`,
  )
  return `<article id="${name}"><h3><span class="m">${spec.method}</span> ${escaped(spec.path)}</h3><p>${escaped(spec.summary)}.</p><dl>
<dt>Who may call</dt><dd>${spec.access.join(', ')}</dd>${fields('Query', spec.query?.shape)}${fields('Body', body)}
<dt>Answers</dt><dd>${successStatuses(spec).join(', ')}${problems.length > 0 ? `; ${problems.join(', ')}` : ''}</dd></dl></article>`
}

const style = `:root{color-scheme:light dark;--ink:#1b1815;--paper:#f6f1e7;--accent:#b8321f}
@media (prefers-color-scheme:dark){:root{--ink:#f4efe6;--paper:#12100e;--accent:#ffb454}}
body{margin:0 auto;padding:2rem 1rem;max-width:60rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1,h2{font-stretch:condensed}h2{border-top:1px solid;padding-top:1rem;text-transform:capitalize}h3{font-size:1rem;overflow-wrap:anywhere;margin-bottom:.2rem}
.m{color:var(--accent)}a{color:var(--accent)}nav a{margin-right:1rem}article{border-top:1px solid color-mix(in srgb,var(--ink) 20%,transparent);padding:.5rem 0}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.1rem 1rem;margin:.3rem 0;font-size:.9rem}dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:30rem){dl{grid-template-columns:1fr}}`
