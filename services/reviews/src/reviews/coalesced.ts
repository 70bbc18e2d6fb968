/**
 * Runs work for a key such that whoever asks is answered by a run that began after they asked; those who ask
 * while one is under way share the next.
 */
export function createCoalesced<Result>(
  run: (key: string) => Promise<Result>,
): (key: string) => Promise<Result> {
  const lanes = new Map<string, { current: Promise<Result>; next: Promise<Result> | undefined }>()

  function begin(key: string): Promise<Result> {
    const current = run(key).finally(() => {
      if (lanes.get(key)?.next === undefined) lanes.delete(key)
    })
    lanes.set(key, { current, next: undefined })
    return current
  }

  return (key) => {
    const lane = lanes.get(key)
    if (!lane) return begin(key)
    // The next run starts whether or not the current one failed.
    lane.next ??= lane.current.then(
      () => begin(key),
      () => begin(key),
    )
    return lane.next
  }
}
