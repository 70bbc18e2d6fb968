import type { Metrics } from '@marquee/kit/telemetry'

export function createRatingMetrics(metrics: Metrics) {
  const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
  const batches = metrics.histogram('marquee_reviews_rating_batch', 'Ratings in one commit', [], sizes)
  const settled = metrics.counter('marquee_reviews_ratings_settled_total', 'Ratings counted into figures')
  const told = metrics.counter('marquee_reviews_ratings_told_total', 'Changes of ratings announced')
  return {
    batch: (size: number) => batches.observe(size),
    settled: (count: number) => settled.inc({}, count),
    told: (count: number) => told.inc({}, count),
    waiting: (read: () => number) =>
      metrics.gauge('marquee_reviews_ratings_waiting', 'Ratings not durable yet', [], read),
  }
}
