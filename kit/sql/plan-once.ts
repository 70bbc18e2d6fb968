import type pg from 'pg'

const planningOnce = new WeakSet<pg.PoolClient>()

/**
 * Tells a connection whether the statements that follow keep one plan for whatever values come; said only when it
 * changes, in the flight of what follows. PostgreSQL left to itself weighs what a plan costs to run, hardly what it costs
 * to make, and makes some of them anew for ever.
 */
export function planOnce(client: pg.PoolClient, once: boolean): void {
  if (planningOnce.has(client) === once) return
  if (once) planningOnce.add(client)
  else planningOnce.delete(client)
  client
    .query(once ? 'set plan_cache_mode = force_generic_plan' : 'reset plan_cache_mode')
    // Nothing but speed hangs on it, and what breaks it breaks what follows.
    .catch(() => {})
}
