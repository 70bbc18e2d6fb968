import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Behaviour } from './behaviour.ts'
import type { Provider } from './provider.ts'
import type { Teller } from './teller.ts'

/** Makes the sandbox misbehave, for tests. Open only when it was started with `--test`. */
export function registerControls(
  app: FastifyInstance,
  { behaviour, provider, teller }: { behaviour: Behaviour; provider: Provider; teller: Teller },
): void {
  app.put('/test/behaviour', async (request, reply) => {
    const wished = Behaviour.safeParse(request.body)
    if (!wished.success) return reply.code(422).send({ error: z.prettifyError(wished.error) })
    const wereHeld = behaviour.webhooks === 'held'
    Object.assign(behaviour, wished.data)
    if (wereHeld && behaviour.webhooks !== 'held') teller.tellAll()
    return behaviour
  })
  /** Answers once the merchant has heard everything, what is paid late included. */
  app.get('/test/all-heard', async () => {
    await provider.nobodyLate()
    await teller.allHeard()
    return {}
  })
}
