import type { Payment } from './payment.ts'

const style = `
  :root { color-scheme: light dark; --ink: #16202b; --paper: #fff; --quiet: #566372; --line: #c9d1da; --go: #0b5cad; --on-go: #fff; --ground: #e9edf2 }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #eef2f6; --paper: #18212b; --quiet: #aab6c3; --line: #3c4957; --go: #8cc2ff; --on-go: #0b1a2b; --ground: #0d141b }
  }
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
  main { width: min(26rem, 100%); padding: 1.75rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem }
  .bank { margin: 0 0 1.25rem; color: var(--quiet); font-size: .875rem }
  h1 { margin: 0 0 1rem; font-size: 1.25rem; line-height: 1.3 }
  dl { margin: 0 0 1.5rem; display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem }
  dt { color: var(--quiet) } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums }
  dd.amount { font-size: 1.5rem; font-weight: 700; line-height: 1.2 }
  form { display: grid; gap: .75rem }
  button { min-height: 3rem; border-radius: .5rem; border: 1px solid var(--line); background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer }
  button.go { background: var(--go); border-color: var(--go); color: var(--on-go) }
  button:focus-visible { outline: 3px solid var(--go); outline-offset: 3px }
  .note { margin: 1.25rem 0 0; color: var(--quiet); font-size: .875rem }`

/** Asks the cardholder. The buttons come first when tabbing; nothing needs a script. */
export function challengePage({ amount, currency, last4 }: Payment, key: string): string {
  return page(
    'Confirm your payment',
    `<h1>Is it you who is paying?</h1>
    <dl><dt>Amount</dt><dd class="amount">${toHtml(formatMoney(amount, currency))}</dd><dt>Card</dt><dd>ends in ${toHtml(last4)}</dd></dl>
    <form method="post" action="?key=${encodeURIComponent(key)}">
      <button class="go" name="answer" value="approve">Approve</button>
      <button name="answer" value="decline">Decline</button>
    </form>
    <p class="note">This is a test bank. No money moves.</p>`,
  )
}

export function textPage(text: string): string {
  return page('Sandbox Bank', `<h1>${toHtml(text)}</h1>`)
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main><p class="bank">Sandbox Bank &middot; 3-D Secure</p>${content}</main></body></html>`
}

function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

function toHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
