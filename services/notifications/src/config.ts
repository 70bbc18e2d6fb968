import { liveSetting, secret } from '@marquee/kit/config'
import { z } from 'zod'

export const notificationsConfig = z.object({
  /** Where mails go: `smtp://user:password@host:587`. Without it they are kept on this machine. */
  smtpUrl: liveSetting(secret(z.url({ protocol: /^smtps?$/ }).optional())),
  /** Whom mails are from. */
  from: z.string().min(3).max(300).default('Marquee <tickets@marquee.example>'),
  /** Mails on their way together. */
  atOnce: z.coerce.number().int().min(1).max(50).default(5),
  /** After so many days of trying a mail is given up. */
  giveUpDays: z.coerce.number().int().min(1).max(30).default(5),
  /** Days after which a mail that went out, was kept or given up is forgotten, its address with it. */
  keepMailsDays: z.coerce.number().int().min(31).max(3650).default(90),
  /** Days after which a notice on the site is forgotten. */
  keepNoticesDays: z.coerce.number().int().min(31).max(3650).default(365),
})
