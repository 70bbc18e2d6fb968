type Tonight = { movieTitle: string; screenName: string; minutes: number; seatsLeft: number }

export type BannerFacts = {
  seconds: number
  origin: string
  demo: boolean
  tonight?: Tonight
  data: string | undefined
}

type Inner = {
  seconds: number
  services: readonly string[]
  port: number | undefined
  opsPort: number
  pid: number
}

/** What a part of a cluster says. */
export function innerBanner({ seconds, services, port, opsPort, pid }: Inner): string {
  const where = port === undefined ? '' : ` at port ${port}`
  return `Marquee is open (${seconds} s): ${services.join(', ')}${where}, process ${pid}, metrics at port ${opsPort}`
}

/** What the terminal says once the doors are open. */
export function banner({ seconds, origin, demo, tonight, data }: BannerFacts): string {
  const lines = [`Marquee is open (${seconds} s)`, `  Site     ${origin}`]
  if (tonight)
    lines.push(
      `  Tonight  ${tonight.movieTitle}, ${tonight.screenName}, in ${tonight.minutes} min, ${tonight.seatsLeft} seats left`,
    )
  lines.push(
    demo
      ? '  Run it   /manage   Door /door   Mail /dev/outbox   API /api/docs'
      : '  Run it   /manage   Door /door   API /api/docs',
  )
  if (demo) lines.push('  Try      npm run marquee -- rush   (300 buyers, one screen)')
  if (data) lines.push(`  Data     ${data}, delete to start over`)
  return lines.join('\n')
}
