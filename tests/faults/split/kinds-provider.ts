import type { Kind } from './kinds.ts'
import { pause } from './pause.ts'
import type { Stage } from './stage.ts'

type Behaviour = Partial<{
  delayMs: number
  answers: 'normal' | 'drop' | 'never' | 'refuse'
  webhooks: 'normal' | 'first' | 'twice' | 'held'
}>

/** Tells the sandbox provider how to misbehave. */
export async function behave({ split }: Pick<Stage, 'split'>, behaviour: Behaviour): Promise<void> {
  const response = await fetch(`${split.sandbox.url}/test/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ delayMs: 0, answers: 'normal', webhooks: 'normal', ...behaviour }),
  })
  if (!response.ok) throw new Error(`the sandbox does not obey: ${response.status}`)
}

function misbehaving(name: string, behaviour: Behaviour, least: number, most: number): Kind {
  return {
    name,
    weight: 1,
    async strike(stage, { between }) {
      const milliseconds = between(least, most)
      await behave(stage, behaviour)
      await pause(milliseconds)
      await behave(stage, {})
      return `for ${milliseconds} ms`
    },
  }
}

export const providerKinds: readonly Kind[] = [
  misbehaving('webhooks before the response', { webhooks: 'first' }, 1000, 4000),
  misbehaving('webhooks twice', { webhooks: 'twice' }, 1000, 4000),
  misbehaving('webhooks late', { webhooks: 'held', answers: 'drop' }, 1500, 5000),
  misbehaving('provider does it and says nothing', { answers: 'never' }, 500, 2000),
  misbehaving('provider does it and breaks the connection', { answers: 'drop' }, 500, 3000),
  misbehaving('provider refuses', { answers: 'refuse' }, 500, 3000),
  misbehaving('provider slow', { delayMs: 1500 }, 500, 3000),
  {
    name: 'webhooks never',
    weight: 1,
    lasts: true,
    async strike(stage) {
      await behave(stage, { webhooks: 'held' })
      await pause(1000)
      return 'until all was judged'
    },
  },
  {
    name: 'provider killed',
    weight: 1,
    async strike({ split: { sandbox } }, { between }) {
      await sandbox.program.end('SIGKILL')
      await pause(between(100, 1500))
      await sandbox.program.start()
      return 'the sandbox'
    },
  },
]
