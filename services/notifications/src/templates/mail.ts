/** A mail, made. */
export type Mail = {
  to: string
  subject: string
  text: string
  html: string
  /** Drawn only for who gets it: codes as pictures cost more than all the rest. */
  attach: () => Promise<Attachment[]>
  /** The person it is for, when they have an account. */
  userId: string | null
  /** Why it is not sent after all: what it would tell has become untrue or late. */
  needless?: string
  /** What they are told on the site besides. */
  notice?: { title: string; body: string; link: string | null }
}
export type Attachment = { filename: string; contentType: string; content: Buffer; cid?: string }
