const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Where a visitor comes back to from the bank: the site by the name their browser used, when that is a name of its own;
 * else as it is told to everybody. The same machine has several names, and a cookie is kept under one of them.
 */
export function comeBackTo(site: string, asked: string | undefined): string {
  if (asked === undefined || !URL.canParse(asked)) return site
  const [ours, theirs] = [new URL(site), new URL(asked)]
  const sameMachine = loopback.has(ours.hostname) && loopback.has(theirs.hostname)
  return sameMachine && theirs.protocol === ours.protocol && theirs.port === ours.port ? theirs.origin : site
}
