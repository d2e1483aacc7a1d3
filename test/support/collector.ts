import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .transform((each) => Object.fromEntries(each.map(({ key, value }) => [key, Object.values(value)[0]])));
const resource = z.object({ attributes });

const span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  attributes,
});
const traces = z.object({
  resourceSpans: z.array(z.object({ resource, scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

const nanos = z.union([z.string(), z.number()]).transform(Number);
const point = z.object({ attributes, startTimeUnixNano: nanos, timeUnixNano: nanos });
const numbers = z.array(point.extend({ asDouble: z.number() }));
const metric = z.object({
  name: z.string(),
  description: z.string(),
  unit: z.string(),
  sum: z.object({ aggregationTemporality: z.literal(2), isMonotonic: z.literal(true), dataPoints: numbers }).optional(),
  gauge: z.object({ dataPoints: numbers }).optional(),
  histogram: z
    .object({
      aggregationTemporality: z.literal(2),
      dataPoints: z.array(
        point.extend({
          count: z.number(),
          sum: z.number(),
          bucketCounts: z.array(z.number()),
          explicitBounds: z.array(z.number()),
        }),
      ),
    })
    .optional(),
});
const metrics = z.object({
  resourceMetrics: z.array(z.object({ resource, scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) })),
});

export interface Collector {
  /** Without the path of a signal. */
  readonly url: string;
  readonly spans: ReadonlyArray<z.infer<typeof span>>;
  /** As they were sent last, by name. */
  readonly metrics: ReadonlyMap<string, z.infer<typeof metric>>;
  readonly resources: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly close: () => void;
}

/** Takes what is sent to it as OTLP over HTTP, in JSON, and nothing that is otherwise; or never answers; or refuses it. */
export const startCollector = async (mood: 'willing' | 'silent' | 'refusing' = 'willing'): Promise<Collector> => {
  const spans: Array<z.infer<typeof span>> = [];
  const named = new Map<string, z.infer<typeof metric>>();
  const resources: Array<Readonly<Record<string, unknown>>> = [];
  const take = (path: string | undefined, sent: unknown): void => {
    if (path === '/v1/traces')
      for (const each of traces.parse(sent).resourceSpans) {
        resources.push(each.resource.attributes);
        spans.push(...each.scopeSpans.flatMap((scope) => scope.spans));
      }
    if (path === '/v1/metrics')
      for (const each of metrics.parse(sent).resourceMetrics) {
        resources.push(each.resource.attributes);
        for (const one of each.scopeMetrics.flatMap((scope) => scope.metrics)) named.set(one.name, one);
      }
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      take(request.url, JSON.parse(Buffer.concat(chunks).toString()));
      if (mood === 'refusing') response.writeHead(401).end();
      if (mood === 'willing') response.end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, spans, metrics: named, resources, close };
};
