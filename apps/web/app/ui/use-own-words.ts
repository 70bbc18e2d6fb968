import { type InvalidEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Control = HTMLInputElement | HTMLTextAreaElement

/** What the browser finds wrong with a field, said under it instead of in a bubble of the browser's own. */
export function useOwnWords<Element extends Control>() {
  const { t } = useTranslation('site')
  const [wrong, setWrong] = useState<string>()
  const handlers = {
    onInvalid(event: InvalidEvent<Element>) {
      const field = event.currentTarget
      event.preventDefault()
      setWrong(field.validity.valueMissing ? t('account.required') : field.validationMessage)
      // Without its bubble the browser no longer goes to the first of them.
      if (field.form?.querySelector(':is(input, select, textarea):invalid') === field) field.focus()
    },
    onInput: () => setWrong(undefined),
  }
  return [wrong, handlers] as const
}
