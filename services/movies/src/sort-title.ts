import { foldTitle } from '@marquee/kit/search'

/** What a title is sorted by: "The General" stands under G. */
export const sortTitle = (title: string): string => foldTitle(title).replace(/^(the|a|an) (?=.)/, '')
