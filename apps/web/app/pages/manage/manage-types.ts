import type { cancellationPreview, showSales } from '@marquee/contracts/booking'
import type { suggestMovies } from '@marquee/contracts/movies'
import type {
  copyDay,
  listPeople,
  listPriceCards,
  listTheaterShows,
  listTicketTypes,
  myTheaters,
} from '@marquee/contracts/theaters'
import type { z } from 'zod'

export type { Layout, ShowDetail } from '@marquee/contracts/theaters'
export type MyTheater = z.output<(typeof myTheaters)['responses'][200]>['items'][number]
export type Screen = MyTheater['screens'][number]
export type OwnShow = z.output<(typeof listTheaterShows)['responses'][200]>['items'][number]
export type Sales = z.output<(typeof showSales)['responses'][200]>['items'][number]
export type TicketType = z.output<(typeof listTicketTypes)['responses'][200]>['items'][number]
export type PriceCard = z.output<(typeof listPriceCards)['responses'][200]>['items'][number]
export type ZonePrice = PriceCard['prices'][number]
export type Person = z.output<(typeof listPeople)['responses'][200]>['items'][number]
export type Role = Person['role']
export type Copied = z.output<(typeof copyDay)['responses'][201]>
export type Touched = z.output<(typeof cancellationPreview)['responses'][200]>
export type Suggestion = z.output<(typeof suggestMovies)['responses'][200]>['items'][number]
export type Access = OwnShow['access'][number]
export type Items<Item> = { items: Item[] }
