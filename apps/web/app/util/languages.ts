import { localeOf } from './money.ts'

/** "de" as the reader calls it: German. What is no language code stays as the cinema wrote it. */
export function languageInWords(written: string, reader: string): string {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(written)) return written
  try {
    return (
      new Intl.DisplayNames(localeOf(reader), { type: 'language', fallback: 'none' }).of(written) ?? written
    )
  } catch {
    // A code that looks right and is none, such as "und-x".
    return written
  }
}
