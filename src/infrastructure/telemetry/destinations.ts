import { type Config } from '../config/load-config.js';

export interface Destinations {
  /** URLs; null: is not sent. */
  readonly traces: string | null;
  readonly metrics: string | null;
}

/** Where collectors listen if nobody says otherwise. */
const USUAL = 'http://localhost:4318';

type Given = Pick<
  Config,
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'
  | 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'
  | 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'
  | 'OTEL_TRACES_EXPORTER'
  | 'OTEL_METRICS_EXPORTER'
>;

/** Where traces and metrics are sent, as OpenTelemetry's own variables have it. */
export const destinations = (config: Given): Destinations => {
  const of = (signal: string, exporter: 'otlp' | 'none' | undefined, own: string | undefined): string | null => {
    if (exporter === 'none') return null;
    if (own !== undefined) return own;
    const shared = config.OTEL_EXPORTER_OTLP_ENDPOINT ?? (exporter === 'otlp' ? USUAL : undefined);
    return shared === undefined ? null : `${shared.replace(/\/$/, '')}/v1/${signal}`;
  };
  return {
    traces: of('traces', config.OTEL_TRACES_EXPORTER, config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
    metrics: of('metrics', config.OTEL_METRICS_EXPORTER, config.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT),
  };
};
