import { pid } from 'node:process';
import { type Context, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  ParentBasedSampler,
  SamplingDecision,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { inSpan, readTraceparent, writeTraceparent } from '../../src/application/kernel/tracing/in-span.js';
import { topics } from '../../src/application/kernel/messaging/topics.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { destinations } from '../../src/infrastructure/telemetry/destinations.js';
import { answerOf } from '../support/answer-of.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { type Collector, startCollector } from '../support/collector.js';
import { recordingLog } from '../support/in-memory/quiet.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const ISSUE = 'POST /api/coupons/:couponId/issue';
const OPEN_METRICS = { accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5' };

test('a trace context is read as it was written, and anything else is none', () => {
  const context = readTraceparent(traceparent);
  expect(context).toMatchObject({ traceFlags: 1, isRemote: true });
  if (context !== undefined) expect(writeTraceparent(context)).toBe(traceparent);
  for (const other of [
    undefined,
    '',
    'x',
    traceparent.toUpperCase(),
    traceparent.replace('b7ad6b7169203331', '0'.repeat(16)),
    `${traceparent}-more`,
  ])
    expect(readTraceparent(other)).toBeUndefined();
});

test('what is not sampled at its beginning is not sampled further on', async () => {
  const exporter = new InMemorySpanExporter();
  const decision = (name: string) =>
    name === 'asked' ? SamplingDecision.NOT_RECORD : SamplingDecision.RECORD_AND_SAMPLED;
  const root = { shouldSample: (_: Context, __: string, name: string) => ({ decision: decision(name) }) };
  const provider = new NodeTracerProvider({
    sampler: new ParentBasedSampler({ root }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  trace.setGlobalTracerProvider(provider);
  const decide = (parent?: string) => inSpan('decided', { kind: 'consumer', ...(parent && { parent }) }, async () => 1);
  await inSpan('asked', { kind: 'server' }, decide);
  expect(exporter.getFinishedSpans()).toEqual([]);
  await decide();
  expect(exporter.getFinishedSpans()).toHaveLength(1);
  trace.disable();
  await provider.shutdown();
});

test('the variables of OpenTelemetry say where traces and metrics go', () => {
  const collector = 'http://collector:4318';
  expect(destinations({})).toEqual({ traces: null, metrics: null });
  expect(destinations({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector}/` })).toEqual({
    traces: `${collector}/v1/traces`,
    metrics: `${collector}/v1/metrics`,
  });
  expect(destinations({ OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_METRICS_EXPORTER: 'none' })).toEqual({
    traces: `${collector}/v1/traces`,
    metrics: null,
  });
  expect(destinations({ OTEL_METRICS_EXPORTER: 'otlp' })).toEqual({
    traces: null,
    metrics: 'http://localhost:4318/v1/metrics',
  });
  expect(destinations({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://prometheus/api/v1/otlp' })).toEqual({
    traces: null,
    metrics: 'http://prometheus/api/v1/otlp',
  });
});

/** One coupon is asked for, in a trace of the caller where there is one, until what became of it is told outside. */
const sellOne = async (url: string, couponId: string, headers: Record<string, string> = {}): Promise<void> => {
  const terms = { couponId, name: 'Traced', quantity: 1, discount: { kind: 'PERCENT', value: 5 } };
  await http(`${url}/api/coupons`, terms);
  const { body } = await http(`${url}/api/coupons/${couponId}/issue`, { userId: 'ana' }, headers);
  await http(`${url}/api/coupons/issue-status/${body['requestId']}`, undefined, { prefer: 'wait=10' });
  // What is told is told a moment after it is decided.
  await eventually(async () =>
    expect((await http(`${url}/metrics`)).text).toMatch(/relay_latency_seconds_count\{topic="coupon-events"\} [2-9]/),
  );
};

describe('with a collector', () => {
  let collector: Collector;
  beforeEach(async () => void (collector = await startCollector()));
  afterEach(() => {
    delete process.env['OTEL_TRACES_SAMPLER'];
    delete process.env['OTEL_TRACES_SAMPLER_ARG'];
    collector.close();
  });

  test('one trace leads from the request over its decision to what the outside is told', async () => {
    const server = await startInProcess(newDir(), { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    await sellOne(server.url, 'traced', { traceparent });
    // Ending sends what is held back.
    await server.stop();
    const named = (name: string) => collector.spans.find((each) => each.name === name && each.traceId === traceId);
    const asked = named(ISSUE);
    expect(asked).toMatchObject({
      parentSpanId: 'b7ad6b7169203331',
      attributes: { 'http.response.status_code': 202, 'url.path': '/api/coupons/traced/issue' },
    });
    expect(named('decide')).toMatchObject({ parentSpanId: asked?.spanId });
    expect(named('relay')).toMatchObject({ parentSpanId: asked?.spanId });
    expect(collector.spans.map(({ name }) => name)).not.toContain('GET /metrics');
  });

  test('a slow bucket leads to a trace: of the answer, the decision and what is told', async () => {
    const server = await startInProcess(newDir(), { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    await sellOne(server.url, 'slow', { traceparent });
    const { text, headers } = await http(`${server.url}/metrics`, undefined, OPEN_METRICS);
    await server.stop();
    expect(headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    const ours = new Set(collector.spans.filter((each) => each.traceId === traceId).map(({ spanId }) => spanId));
    for (const [name, label] of [
      ['http_request_seconds', 'route="/api/coupons/:couponId/issue"'],
      ['coupon_accept_seconds', ''],
      ['coupon_decide_seconds', ''],
      ['relay_latency_seconds', 'topic="coupon-events"'],
    ] as const) {
      const buckets = text.split('\n').filter((line) => line.startsWith(`${name}_bucket`) && line.includes(label));
      const [, spanId] =
        buckets.flatMap((line) => line.match(new RegExp(`# \\{trace_id="${traceId}",span_id="(\\w+)"\\} `)) ?? []) ??
        [];
      expect([name, ours.has(spanId ?? '')]).toEqual([name, true]);
    }
  });

  test('of a sale that is not sampled no span is sent, and none is an example; its metrics are sent', async () => {
    process.env['OTEL_TRACES_SAMPLER'] = 'parentbased_traceidratio';
    process.env['OTEL_TRACES_SAMPLER_ARG'] = '0';
    const server = await startInProcess(newDir(), { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    await sellOne(server.url, 'unsampled');
    const { text } = await http(`${server.url}/metrics`, undefined, OPEN_METRICS);
    await server.stop();
    expect(collector.spans).toEqual([]);
    expect(text).not.toContain('trace_id');
    expect(collector.metrics.size).toBeGreaterThan(0);
  });

  test('what /metrics tells of a sale is sent too, by the same names, with units', async () => {
    const server = await startInProcess(newDir(), {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRIC_EXPORT_INTERVAL: '100',
    });
    await eventually(() => expect(collector.metrics.size).toBeGreaterThan(0));
    await sellOne(server.url, 'counted');
    const late = await http(`${server.url}/api/coupons/counted/issue`, { userId: 'ben' });
    expect(late.body['code']).toBe('SOLD_OUT');
    const { text } = await http(`${server.url}/metrics`);
    await server.stop();

    // Families of which nothing was measured yet have no line of their own, or say NaN.
    const families = [...text.matchAll(/^# TYPE (\w+) (\w+)\n\1(?!.* Nan\n)/gm)].map(([, name, kind]) => [name, kind]);
    const kindOf = ({ sum, gauge }: Partial<Record<'sum' | 'gauge', object>>) =>
      sum ? 'counter' : gauge ? 'gauge' : 'histogram';
    const sent = [...collector.metrics].map(([name, metric]) => [name, kindOf(metric)]);
    expect(families.length).toBeGreaterThan(50);
    expect(sent).toEqual(expect.arrayContaining(families));

    const asked = collector.metrics.get('coupon_requests_total')?.sum?.dataPoints;
    expect(asked?.map(({ attributes, asDouble }) => [attributes['answer'], asDouble])).toEqual([
      ['ACCEPTED', 1],
      ['SOLD_OUT', 1],
    ]);
    for (const { startTimeUnixNano, timeUnixNano } of asked ?? [])
      expect(timeUnixNano).toBeGreaterThan(startTimeUnixNano);
    const decided = collector.metrics.get('coupon_decide_seconds');
    const [took] = decided?.histogram?.dataPoints ?? [];
    expect(decided?.unit).toBe('s');
    expect(took?.count).toBe(1);
    expect(took?.bucketCounts).toHaveLength((took?.explicitBounds.length ?? 0) + 1);
    const filled = took?.bucketCounts.findIndex((count) => count > 0) ?? -1;
    expect(took?.bucketCounts.reduce((all, one) => all + one)).toBe(1);
    expect(took?.sum).toBeLessThanOrEqual(took?.explicitBounds[filled] ?? Infinity);
    const routes = collector.metrics.get('http_request_seconds')?.histogram?.dataPoints ?? [];
    const issuing = routes.find(({ attributes }) => attributes['route'] === '/api/coupons/:couponId/issue');
    expect(issuing).toMatchObject({ count: 2, attributes: { method: 'POST' } });
    expect(issuing?.attributes).not.toHaveProperty('le');
    expect(collector.metrics.get('projection_lag')).toMatchObject({ unit: '', gauge: expect.anything() });
    expect(collector.metrics.get('process_resident_memory_bytes')?.unit).toBe('By');
    expect(collector.metrics.get('process_cpu_seconds_total')?.unit).toBe('s');
    expect(collector.resources[0]).toMatchObject({
      'service.name': 'doorbuster',
      'service.instance.id': expect.stringContaining(`:${pid}`),
      'doorbuster.processes': 'api,worker,projector,relay,scheduler',
    });
    expect(collector.spans).toEqual([]);
  });
});

test('a server that could not start sends no traces of those that start after it', async () => {
  const [away, collector] = [await startCollector(), await startCollector()];
  away.close();
  const unusable = startInProcess('/proc/nowhere', { OTEL_EXPORTER_OTLP_ENDPOINT: away.url });
  await expect(unusable).rejects.toThrow('DATA_DIR');
  const server = await startInProcess(newDir(), { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await http(`${server.url}/api/coupons/none`);
  await server.stop();
  expect(collector.spans).not.toEqual([]);
  collector.close();
});

test('a collector that never answers keeps nobody from ending', async () => {
  const silent = await startCollector('silent');
  const server = await startInProcess(newDir(), { OTEL_EXPORTER_OTLP_ENDPOINT: silent.url });
  await http(`${server.url}/api/coupons/none`);
  const stopped = performance.now();
  await server.stop();
  // It would be waited for ten seconds, for each of both.
  expect(performance.now() - stopped).toBeLessThan(9_000);
  expect(silent.metrics.size).toBeGreaterThan(0);
  silent.close();
});

test('what a collector refuses is told in the log once, with the reason, and changes no answer', async () => {
  const refusing = await startCollector('refusing');
  const warned: Array<{ readonly fields: object; readonly message: string }> = [];
  const log = {
    ...recordingLog(),
    warn: (fields: object, message: string) => void warned.push({ fields, message }),
    flush: () => undefined,
    dropped: () => 0,
  };
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: refusing.url, OTEL_METRIC_EXPORT_INTERVAL: '1000' };
  const server = await startInProcess(newDir(), variables, { log });
  const told = () => warned.filter(({ message }) => message === 'Traces or metrics could not be sent');
  await eventually(() => expect(told()).toHaveLength(1));
  await sellOne(server.url, 'refused');
  await server.stop();
  refusing.close();
  expect(told()).toEqual([{ fields: { fault: expect.stringContaining('Unauthorized') }, message: expect.anything() }]);
});

test('without a collector a traced request is answered as any, and its trace is passed on', async () => {
  const server = await startInProcess(newDir());
  await sellOne(server.url, 'passed', { traceparent });
  const { text } = await http(`${server.url}/metrics`, undefined, OPEN_METRICS);
  await server.stop();
  expect(text).not.toContain('trace_id');
});

test('every message that a call leads to carries the trace of its caller', async () => {
  const server = await startInProcess(newDir());
  const traced = async (path: string, body: object, parent: string, method = 'POST') => {
    const headers = { 'content-type': 'application/json', traceparent: `00-${traceId}-${parent}-01` };
    const sent = { method, headers, body: JSON.stringify(body) };
    expect((await checkedFetch(`${server.url}${path}`, sent)).ok).toBe(true);
  };
  const [configured, joined, bought, paid] = [
    '1111111111111111',
    '2222222222222222',
    '3333333333333333',
    '4444444444444444',
  ];
  await traced('/api/v1/schedules/door', { activeLimit: 1, activeTtlSeconds: 60 }, configured, 'PUT');
  await http(`${server.url}/api/products`, { productId: 'p1', name: 'Lamp', price: 100, stock: 5 });
  await traced('/api/v1/waiting-token', { scheduleId: 'door', userId: 'ana' }, joined);
  const order = { orderId: 'o1', userId: 'ana', lines: [{ productId: 'p1', quantity: 1 }], shipping: { to: 'ana' } };
  await traced('/api/orders', order, bought);
  const payment = { orderId: 'o1', userId: 'ana', amount: 100, gatewayPaymentId: 'ok-1' };
  await traced('/api/payments', payment, paid);

  const log = server.container.get(Tokens.MessageLog);
  const told = async (topic: string) => {
    const partitions = topics(3).find(({ name }) => name === topic)?.partitions ?? 0;
    const read = (partition: number) => answerOf(log.read({ topic, partition, offset: 0 }, 100));
    const found = (await Promise.all(Array.from({ length: partitions }, (_, partition) => read(partition)))).flat();
    return found.map(({ headers }) => [headers['event-type'], headers['traceparent']?.split('-')[2]]);
  };
  await eventually(async () =>
    expect(await told('order-events')).toEqual(
      expect.arrayContaining([
        ['ORDER_CREATED', bought],
        ['ORDER_COMPLETED', paid],
      ]),
    ),
  );
  expect(await told('payment-events')).toContainEqual(['PAYMENT_COMPLETED', paid]);
  expect(await told('waiting-token')).toEqual([
    ['SCHEDULE_CONFIGURED', configured],
    ['CREATE_TOKEN', joined],
  ]);
  expect(await told('stock-requests')).toContainEqual(['STOCK_RESERVE', bought]);
  await server.stop();
});
