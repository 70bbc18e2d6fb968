import { type Deadline, type RequestContext, surroundings } from '../telemetry/index.ts'

/**
 * Does work for somebody who waits for so long, and never longer than whoever waits for them. Every guarded call that
 * the work makes gets what is left; what it leaves running afterwards is nobody's hurry any more. With a context, on
 * behalf of that request.
 */
export function within<T>(
  milliseconds: number,
  work: () => Promise<T>,
  context?: RequestContext,
): Promise<T> {
  const outer = surroundings.getStore()
  const deadline: Deadline = {
    at: Math.min(performance.now() + milliseconds, outer?.deadline?.at ?? Number.POSITIVE_INFINITY),
  }
  const doing = surroundings.run({ context: context ?? outer?.context, deadline }, work)
  const end = () => {
    deadline.at = undefined
  }
  doing.then(end, end)
  return doing
}

/** Milliseconds that whoever is waited for here still has, none when it is over; undefined when nobody waits. */
export function timeLeft(): number | undefined {
  const at = surroundings.getStore()?.deadline?.at
  return at === undefined ? undefined : Math.max(0, at - performance.now())
}
