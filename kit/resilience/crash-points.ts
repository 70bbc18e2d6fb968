type CrashPoint = (name: string) => void

/**
 * Reads `MARQUEE_CRASH_AT=name` or `name:nth` (the first time unless told): the process kills itself with SIGKILL
 * when it passes that point for the nth time. For fault tests. Throws in production and for what it cannot read.
 */
export function createCrashPoint(
  env: Readonly<Record<string, string | undefined>>,
  die: () => void = () => process.kill(process.pid, 'SIGKILL'),
): CrashPoint {
  const wanted = env.MARQUEE_CRASH_AT
  if (!wanted) return () => {}
  if (env.NODE_ENV === 'production') throw new Error('MARQUEE_CRASH_AT is refused in production: unset it')
  const [, at, nth = '1'] = /^([a-z.-]+)(?::([1-9]\d*))?$/.exec(wanted) ?? []
  if (at === undefined) throw new Error(`MARQUEE_CRASH_AT=${wanted} is not name or name:nth`)
  let left = Number(nth)
  return (name) => {
    if (name === at && --left === 0) die()
  }
}

/**
 * A moment of the code by name, such as `booking.hold.committed`: where this process dies if it was told so,
 * nothing otherwise. The environment is read once.
 */
export const crashPoint = createCrashPoint(process.env)
