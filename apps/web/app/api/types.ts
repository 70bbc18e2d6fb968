/** The shapes of the public API that pages draw. Types only: no schema reaches the browser. */
import type { Me as MeSchema } from '@marquee/contracts/identity'
import type {
  TheaterDetail as TheaterDetailSchema,
  Theater as TheaterSchema,
} from '@marquee/contracts/theaters'
import type { z } from 'zod'

export type { Money } from '@marquee/contracts/common'
export type { Movie, MovieSummary } from '@marquee/contracts/movies'
export type { Show } from '@marquee/contracts/theaters'
export type Me = z.output<typeof MeSchema>
export type Theater = z.output<typeof TheaterSchema>
export type TheaterDetail = z.output<typeof TheaterDetailSchema>

export type Problem = {
  status: number
  code: string
  title: string
  detail?: string
  errors?: { path: string; message: string }[]
}
