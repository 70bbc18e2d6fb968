import type { OpenHost } from './open-host.ts'

/** Fills an empty database with the demo. */
export async function seed(_open: OpenHost): Promise<void> {}
