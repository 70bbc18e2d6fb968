import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { createTally, type Tally } from './tally.ts'

/** Counts up. */
export type CounterMetric = {
  inc(labels?: Readonly<Record<string, string>>, by?: number): void
}
/** Measures a spread; times are in seconds. */
export type HistogramMetric = {
  observe(value: number): void
  observe(labels: Readonly<Record<string, string>>, value: number): void
}
/** Goes up and down. */
export type GaugeMetric = {
  set(value: number): void
  set(labels: Readonly<Record<string, string>>, value: number): void
}

/** A service's metrics. Asking twice for one name gives the same metric. */
export type Metrics = {
  counter(name: string, help: string, labels?: readonly string[]): CounterMetric
  /** Buckets are upper bounds, seconds unless the name says otherwise. */
  histogram(
    name: string,
    help: string,
    labels?: readonly string[],
    buckets?: readonly number[],
  ): HistogramMetric
  /** With `read`, the value is asked for whenever metrics are scraped. */
  gauge(
    name: string,
    help: string,
    labels?: readonly string[],
    read?: () => number | Promise<number>,
  ): GaugeMetric
  /** Every metric of this process in Prometheus text format. */
  text(): Promise<string>
  readonly contentType: string
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10]

/** A registry with the process's own figures (memory, event loop, garbage collection) in it. One a process. */
export function createRegistry({ processMetrics = true }: { processMetrics?: boolean } = {}): Registry {
  const registry = new Registry()
  if (processMetrics) collectDefaultMetrics({ register: registry })
  return registry
}

/**
 * Metrics of one service in a registry shared by the services of a process. Each metric carries a `service`
 * label, so that hosted together they stay apart.
 */
export function createMetrics(
  service: string,
  registry: Registry = createRegistry({ processMetrics: false }),
): Metrics {
  const find = <T>(name: string, make: () => T): T =>
    (registry.getSingleMetric(name) as T | undefined) ?? make()
  const withService = (labels: readonly string[] = []) => ['service', ...labels]

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counter(name, help, labels) {
      const tally = tallyOf(registry, name, labels)
      find(
        name,
        () =>
          new Counter({
            name,
            help,
            labelNames: withService(labels),
            registers: [registry],
            collect() {
              tally.flush((given, value) => this.inc(given, value), { keep: false })
            },
          }),
      )
      return { inc: (given, by = 1) => tally.add(service, given, by) }
    },
    histogram(name, help, labels, buckets = seconds) {
      const metric = find(
        name,
        () =>
          new Histogram({
            name,
            help,
            labelNames: withService(labels),
            buckets: [...buckets],
            registers: [registry],
          }),
      )
      return {
        observe: (first: number | Readonly<Record<string, string>>, value?: number) =>
          typeof first === 'number'
            ? metric.observe({ service }, first)
            : metric.observe({ service, ...first }, value ?? 0),
      }
    },
    gauge(name, help, labels, read) {
      const readers = readersOf(registry, name)
      const tally = tallyOf(registry, name, labels)
      find(
        name,
        () =>
          new Gauge({
            name,
            help,
            labelNames: withService(labels),
            registers: [registry],
            async collect() {
              tally.flush((given, value) => this.set(given, value), { keep: true })
              for (const [of, one] of readers) this.set({ service: of }, await one())
            },
          }),
      )
      if (read) readers.set(service, read)
      return {
        set: (first: number | Readonly<Record<string, string>>, value?: number) =>
          typeof first === 'number'
            ? tally.set(service, undefined, first)
            : tally.set(service, first, value ?? 0),
      }
    },
  }
}

const talliesByRegistry = new WeakMap<Registry, Map<string, Tally>>()

function tallyOf(registry: Registry, name: string, labels: readonly string[] = []): Tally {
  const byName = talliesByRegistry.getOrInsertComputed(registry, () => new Map<string, Tally>())
  return byName.getOrInsertComputed(name, () => createTally(labels))
}

type Readers = Map<string, () => number | Promise<number>>
const readersByRegistry = new WeakMap<Registry, Map<string, Readers>>()

function readersOf(registry: Registry, name: string): Readers {
  const byName = readersByRegistry.get(registry) ?? new Map<string, Readers>()
  readersByRegistry.set(registry, byName)
  const readers = byName.get(name) ?? new Map()
  byName.set(name, readers)
  return readers
}
