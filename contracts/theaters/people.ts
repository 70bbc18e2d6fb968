import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { TheaterId, TheaterRole, UserId } from '../common.ts'
import { byTheater } from './parts.ts'

export const listPeople = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/people',
  summary: 'Who works here',
  access: ['owner'],
  params: byTheater,
  responses: {
    200: z.object({
      items: z.array(z.object({ userId: UserId, name: z.string(), email: z.string(), role: TheaterRole })),
    }),
  },
})
export const putPerson = endpoint({
  method: 'PUT',
  path: '/api/theaters/:theaterId/people/:userId',
  summary: 'Give somebody a role here',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, userId: UserId }),
  body: z.object({ role: TheaterRole }),
  responses: { 204: nothing, 409: problem('last-owner') },
})
export const invitePerson = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/people',
  summary: 'Give somebody a role here by the address of their account',
  access: ['owner'],
  params: byTheater,
  body: z.object({ email: z.email().max(254), role: TheaterRole }),
  responses: { 201: z.object({ userId: UserId, role: TheaterRole }), 409: problem('last-owner') },
})
export const removePerson = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId/people/:userId',
  summary: 'Take somebody off',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, userId: UserId }),
  responses: { 204: nothing, 409: problem('last-owner') },
})
