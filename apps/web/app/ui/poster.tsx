import { paths } from '../util/path-builder.ts'

type Props = { movieId: string; variant?: number; alt?: string; eager?: boolean; className?: string }

/** A film's drawn poster. Beside the film's title it says nothing new, so it is silent unless `alt` is given. */
export function Poster({ movieId, variant, alt = '', eager = false, className = '' }: Props) {
  return (
    <img
      src={paths.poster(movieId, variant)}
      alt={alt}
      width={400}
      height={600}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      className={`poster ${className}`}
    />
  )
}
