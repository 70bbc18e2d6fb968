const words = {
  en: ['Too many people at once', 'This page tries again by itself in a few seconds.'],
  de: ['Gerade sind es zu viele', 'Diese Seite versucht es in ein paar Sekunden von selbst noch einmal.'],
} as const

/** A page for a visitor whom a crowded server refuses: a few hundred bytes that come back by themselves. */
export function busyPage(accepts: string | undefined, seconds: number): string {
  const language = /^\s*de\b/i.test(accepts ?? '') ? 'de' : 'en'
  const [title, text] = words[language]
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${seconds}"><title>${title}</title><body style="font:1.1rem system-ui;max-width:30rem;margin:20vh auto;padding:0 1rem"><h1 style="font-size:1.5rem">${title}</h1><p>${text}</p></html>\n`
}
