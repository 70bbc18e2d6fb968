export * from './context.ts'
export { createLogger, type Logger, type LoggerOptions, silentLogger } from './logger.ts'
export {
  type CounterMetric,
  createMetrics,
  createRegistry,
  type GaugeMetric,
  type HistogramMetric,
  type Metrics,
} from './metrics.ts'
export { redact, redactText } from './redact.ts'
export { type Deadline, surroundings } from './surroundings.ts'
export { formatTraceparent, nextTraceparent, parseTraceparent, type Trace, traceIdOf } from './trace.ts'
