import { createInstance, type i18n, type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'
import de from './locales/de.json'
import en from './locales/en.json'
import { isolate } from './util/isolate.ts'
import { type Language, languages } from './util/preferences.ts'

const resources: Record<Language, Record<string, ResourceLanguage>> = {
  en: { site: en },
  de: { site: de },
}
const instances = new Map<Language, i18n>()

/** One translator a language for the life of the process; in the browser only one is ever made. */
export function i18nFor(wanted: string): i18n {
  const language = languages.find((known) => wanted.startsWith(known)) ?? 'en'
  const existing = instances.get(language)
  if (existing) return existing
  const instance = createInstance()
  instance.use(initReactI18next)
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    ns: Object.keys(resources.en),
    defaultNS: 'site',
    resources,
    // React escapes; what remains is to keep a name's direction from spilling over.
    interpolation: { escapeValue: true, escape: isolate },
    initAsync: false,
  })
  instances.set(language, instance)
  return instance
}

/** Adds an area's own texts (`booking`, `manage`, `door`), so that only the pages that use them carry them. */
export function registerTexts(area: string, texts: Record<Language, ResourceLanguage>): void {
  for (const language of languages) {
    resources[language][area] = texts[language]
    instances.get(language)?.addResourceBundle(language, area, texts[language])
  }
}
