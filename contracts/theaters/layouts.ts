import { endpoint } from '@marquee/kit/contract'
import { z } from 'zod'
import { LayoutId, SeatId, Zone } from '../common.ts'

export const SeatKind = z.enum(['standard', 'wheelchair', 'companion', 'sofa'])
export const LayoutSeat = z.object({
  id: SeatId,
  row: z.string().max(10),
  number: z.string().max(10),
  label: z.string().max(30),
  x: z.number(),
  y: z.number(),
  zone: Zone,
  kind: SeatKind,
  /** An aisle or wall touches the seat on that side. */
  aisle: z.enum(['left', 'right', 'both']).optional(),
  restrictedView: z.boolean().optional(),
})
export type LayoutSeat = z.infer<typeof LayoutSeat>
export const Layout = z.object({
  id: LayoutId,
  width: z.number(),
  height: z.number(),
  seats: z.array(LayoutSeat),
})
export type Layout = z.infer<typeof Layout>
/** A layout as an object, as text rows (`"A: 1-10 _ 11-20"`), or as a pretix seating plan. */
export const LayoutInput = z.union([
  z.string().min(1).max(100_000),
  z.object({ width: z.number(), height: z.number(), seats: z.array(LayoutSeat).min(1).max(5000) }),
  z.looseObject({ zones: z.array(z.looseObject({})).min(1) }),
])
export const previewLayout = endpoint({
  method: 'POST',
  path: '/api/layouts/preview',
  summary: 'See what a layout looks like before saving it',
  access: ['user'],
  maxBytes: 1_000_000,
  body: z.object({ layout: LayoutInput }),
  responses: { 200: Layout },
})
export const getLayout = endpoint({
  method: 'GET',
  path: '/api/layouts/:layoutId',
  summary: 'A seat layout, for ever the same',
  access: ['anyone'],
  cache: { seconds: 31_536_000, browserSeconds: 31_536_000 },
  params: z.object({ layoutId: LayoutId }),
  responses: { 200: Layout },
})
