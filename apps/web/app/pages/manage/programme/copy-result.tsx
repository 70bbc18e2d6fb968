import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import { clockOf, dayInWords } from '../../../util/dates.ts'
import { managePaths } from '../manage-paths.ts'
import type { Copied } from '../manage-types.ts'

/** What was copied, day by day, and what was not and why. */
export function CopyResult({ copied, theaterId }: { copied: Copied; theaterId: string }) {
  const { t, i18n } = useTranslation('manage')
  const zoneLabel = useZoneLabel()
  const here = useRef<HTMLElement>(null)
  useEffect(() => {
    if (copied) here.current?.scrollIntoView({ block: 'nearest' })
  }, [copied])
  const byDay = new Map<string, number>()
  for (const show of copied.created) byDay.set(show.day, (byDay.get(show.day) ?? 0) + 1)
  return (
    <section ref={here} className="part" aria-labelledby="copied">
      <h2 id="copied">{t('copy.done', { count: copied.created.length })}</h2>
      <ul className="mt-3">
        {[...byDay].sort().map(([day, count]) => (
          <li key={day} className="flex min-h-11 items-center gap-4 border-line border-t">
            <Link to={managePaths.day(theaterId, day)}>{dayInWords(day, i18n.language, 'long')}</Link>
            <span className="text-quiet">{t('copy.shows', { count })}</span>
          </li>
        ))}
      </ul>
      {copied.skipped.length > 0 ? (
        <>
          <h3 className="mt-8">{t('copy.skipped', { count: copied.skipped.length })}</h3>
          <ul className="mt-3">
            {copied.skipped.map((one) => (
              <li
                key={`${one.localStart} ${one.screenName}`}
                className="grid gap-x-4 border-line border-t py-2 sm:grid-cols-[12rem_1fr]"
              >
                <span>
                  {dayInWords(one.localStart.slice(0, 10), i18n.language, 'short')}, {clockOf(one.localStart)}
                  , <bdi>{one.screenName}</bdi>
                </span>
                <span className="text-quiet">
                  {t(`copy.reason.${one.reason}`, {
                    film: one.movieTitle,
                    other: one.clash?.movieTitle ?? '',
                    time: one.clash ? clockOf(one.clash.localStart) : '',
                    zones: one.zones?.map(zoneLabel).join(', ') ?? '',
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
