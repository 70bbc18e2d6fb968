/** A switch that can be flipped while the server runs, for everybody or for some. */
export type BooleanFlag = { kind: 'flag'; key: string; description: string; usually: boolean }
/** A question that people are dealt different answers to, each always the same one. */
export type VariantFlag<Variant extends string = string> = {
  kind: 'variants'
  key: string
  description: string
  variants: readonly Variant[]
  usually: Variant
}
export type AnyFlag = BooleanFlag | VariantFlag

/** Declares a switch; `usually` holds where nobody says otherwise, and whenever flags cannot be asked. */
export const flag = (key: string, about: Omit<BooleanFlag, 'kind' | 'key'>): BooleanFlag => ({
  kind: 'flag',
  key,
  ...about,
})

/** Declares a question with several answers, one of them `usually` everybody's. */
export const variantFlag = <const Variant extends string>(
  key: string,
  about: Omit<VariantFlag<Variant>, 'kind' | 'key'>,
): VariantFlag<Variant> => ({ kind: 'variants', key, ...about })
