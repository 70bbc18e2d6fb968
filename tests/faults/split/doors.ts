import { client } from '../../harness/client.ts'
import { patience, type Stage } from './stage.ts'

/** Doors between services that let somebody in who is none. */
export async function doorsAmiss({ split }: Stage, showId: string): Promise<string[]> {
  const problems: string[] = []
  for (const part of split.parts.filter(({ door, services }) => door && services.includes('booking')))
    for (const headers of [undefined, { 'x-marquee-caller': 'made.up.token' }]) {
      const { status } = await client(part.address, headers, patience)('GET', `/api/shows/${showId}/seats`)
      if (status !== 401) problems.push(`${part.name} answered a stranger with ${status}`)
    }
  return problems
}
