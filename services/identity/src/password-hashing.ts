import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'

/** argon2id with 19 MiB, two passes, one lane: OWASP's password storage recommendation. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export type PasswordHashing = {
  hash(password: string): Promise<string>
  /** Takes as long for an account that does not exist, so that time tells nothing. */
  verify(stored: string | undefined | null, password: string): Promise<boolean>
}

/** Hashes passwords, at most one core fewer than there are at once, so that a wave of logins leaves room to sell. */
export function createPasswordHashing(atOnce = Math.max(1, availableParallelism() - 1)): PasswordHashing {
  const turn = takeTurns(atOnce)
  let nobody: Promise<string> | undefined
  return {
    hash: (password) => turn(() => hash(password, cost)),
    async verify(stored, password) {
      nobody ??= turn(() => hash('nobody has this password', cost))
      const against = stored ?? (await nobody)
      const right = await turn(() => verify(against, password))
      return right && stored != null
    },
  }
}

function takeTurns(atOnce: number) {
  let free = atOnce
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
