import { parseArgs } from 'node:util'
import { z } from 'zod'

export const SandboxOptions = z.object({
  /** 0 takes any free port. */
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  host: z.string().default('127.0.0.1'),
  /** The folder that holds the book. */
  data: z.string().min(1),
  /** Where the merchant wants to be told; can be changed while running. */
  webhookUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The merchant's API key, which also signs webhooks. */
  secret: z.string().min(16),
  /** How browsers reach the 3-D Secure page; the listening address unless told. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** How late the late card pays. */
  lateMs: z.coerce.number().int().min(0).default(5000),
  /** Opens the controls that make it misbehave. */
  test: z.boolean().default(false),
})
export type SandboxOptions = z.output<typeof SandboxOptions>

/** Reads the command line; the secret may come from SANDBOX_SECRET, where `ps` does not show it. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): SandboxOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      host: text,
      data: text,
      'webhook-url': text,
      secret: text,
      'public-url': text,
      'late-ms': text,
      test: { type: 'boolean' },
    },
  })
  return SandboxOptions.parse({
    port: values.port,
    host: values.host,
    data: values.data,
    webhookUrl: values['webhook-url'],
    secret: values.secret ?? env.SANDBOX_SECRET,
    publicUrl: values['public-url'],
    lateMs: values['late-ms'],
    test: values.test,
  })
}
