import type { Metrics } from '@marquee/kit/telemetry'

/** What there is to count about picks. */
export function createRecommendationsMetrics(metrics: Metrics) {
  const picks = metrics.counter('marquee_recommendations_total', 'Answers, by what they came from', ['from'])
  const refresh = metrics.histogram('marquee_neighbours_refresh_seconds', 'How long neighbours take', [])
  return {
    picked: (from: 'ratings' | 'genres' | 'trending' | 'fallback') => picks.inc({ from }),
    refreshed: (seconds: number) => refresh.observe({}, seconds),
  }
}
export type RecommendationsMetrics = ReturnType<typeof createRecommendationsMetrics>
