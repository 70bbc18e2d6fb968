import { useTranslation } from 'react-i18next'

/** A genre as the reader calls it; one that no translator knows stays as the catalogue has it. */
export function useGenres(): (name: string) => string {
  const { t } = useTranslation('site')
  // A name is no path: "Sci:Fi. Noir" is looked up whole.
  return (name) => t(`genres|${name}`, { defaultValue: name, keySeparator: '|', nsSeparator: false })
}
