import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { catalogue } from '../../src/infrastructure/metrics/catalogue.js';
import { createPrometheusMetrics } from '../../src/infrastructure/metrics/prometheus-metrics.js';

test('what was counted, set and observed is exposed in the text format', async () => {
  const metrics = createPrometheusMetrics();
  metrics.count('coupon_issue_count', { result: 'SUCCESS' }, 3);
  metrics.gauge('sse_connection_count', 7);
  metrics.observe('coupon_decide_seconds', 0.004);
  metrics.onExpose(async () => metrics.gauge('dead_letters_waiting', 2));
  metrics.onExpose(() => Promise.reject(new Error('the engine is away')));
  const { body: text, contentType } = await metrics.expose();
  expect(contentType).toContain('text/plain');
  expect(text).toContain('coupon_issue_count{result="SUCCESS"} 3');
  expect(text).toContain('sse_connection_count 7');
  expect(text).toContain('coupon_decide_seconds_bucket{le="0.005"} 1');
  expect(text).toContain('dead_letters_waiting 2');
  expect(text).toContain('nodejs_eventloop_lag_seconds');
});

test('what cannot be asked for at the moment keeps nobody from being told everything else', async () => {
  const metrics = createPrometheusMetrics();
  metrics.onExpose(() => new Promise(() => undefined));
  metrics.onExpose(async () => metrics.gauge('redis_breaker', 1));
  expect((await metrics.expose()).body).toContain('redis_breaker 1\n');
}, 20_000);

test('OpenMetrics tells the same samples by the same names, each family described once, and ends', async () => {
  const metrics = createPrometheusMetrics();
  metrics.count('coupon_issue_count', { result: 'SUCCESS' }, 3);
  metrics.count('http_requests_total', { method: 'GET', route: '/', status: '200' });
  metrics.observe('http_request_seconds', 2, { method: 'GET', route: '/' });
  const { contentType, body } = await metrics.expose('openmetrics');
  expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(body).toMatch(/\n# EOF\n$/);
  expect(body).toContain('# TYPE http_requests counter\nhttp_requests_total{method="GET",route="/",status="200"} 1\n');
  // Only what ends in _total may be called a counter there.
  expect(body).toContain('# TYPE coupon_issue_count unknown\ncoupon_issue_count{result="SUCCESS"} 3\n');
  expect(body).toContain('http_request_seconds_bucket{le="2.5",method="GET",route="/"} 1\n');
  expect(body).toContain('http_request_seconds_bucket{le="1.0",method="GET",route="/"} 0\n');
  const samples = (text: string) => [...text.matchAll(/^[a-z]\w*/gm)].map(String).toSorted();
  const plain = (await metrics.expose()).body;
  expect(samples(body)).toEqual(samples(plain));
  // Writing one format changes nothing of the other.
  expect(plain).toContain('# TYPE http_requests_total counter\n');
  const types = [...body.matchAll(/^# TYPE (\w+)/gm)].map(([, family]) => family);
  expect(new Set(types).size).toBe(types.length);
});

describe('where traces are kept as examples', () => {
  const sampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const example = / # \{trace_id="0af7651916cd43dd8448eb211c80319c",span_id="b7ad6b7169203331"\} 0\.004 \d+/;

  test('the bucket that a sampled trace falls into names it, in OpenMetrics alone', async () => {
    const metrics = createPrometheusMetrics({ exemplars: true });
    const labels = Object.freeze({ method: 'GET', route: '/' });
    metrics.observe('coupon_decide_seconds', 0.004, undefined, sampled);
    metrics.observe('http_request_seconds', 0.004, labels, sampled);
    metrics.observe('http_request_seconds', 0.004, labels);
    metrics.observe('relay_latency_seconds', 0.004, { topic: 'orders' });
    const { body } = await metrics.expose('openmetrics');
    const lineOf = (start: string) => body.split('\n').find((line) => line.startsWith(start));
    expect(lineOf('coupon_decide_seconds_bucket{le="0.005"}')).toMatch(example);
    expect(lineOf('coupon_decide_seconds_bucket{le="0.01"}')).not.toMatch(example);
    expect(lineOf('http_request_seconds_bucket{le="0.005",method="GET",route="/"} 2')).toMatch(example);
    expect(lineOf('relay_latency_seconds_count{topic="orders"}')).toMatch(/ 1$/);
    expect((await metrics.expose()).body).not.toContain('trace_id');
  });

  test.each([
    ['a trace that is not sampled', sampled.replace(/01$/, '00'), true],
    ['what is no trace', 'anything', true],
    ['a trace, where nobody collects them', sampled, false],
  ])('%s is no example, and is measured all the same', async (_, traceparent, exemplars) => {
    const metrics = createPrometheusMetrics({ exemplars });
    metrics.observe('coupon_decide_seconds', 0.004, undefined, traceparent);
    const { body } = await metrics.expose('openmetrics');
    expect(body).toContain('coupon_decide_seconds_count 1\n');
    expect(body).not.toContain('trace_id');
  });
});

test('labels that are kept count as those written anew, and can be read back', async () => {
  const metrics = createPrometheusMetrics();
  const kept = Object.freeze({ method: 'GET', route: '/', status: '200' });
  metrics.count('http_requests_total', kept);
  metrics.count('http_requests_total', kept, 2);
  metrics.count('http_requests_total', { ...kept });
  metrics.observe('http_request_seconds', 0.004, Object.freeze({ method: 'GET', route: '/' }));
  const read = await metrics.read(['http_requests_total', 'http_request_seconds', 'unknown']);
  expect(read).toContainEqual({ name: 'http_requests_total', labels: kept, value: 4 });
  expect(read).toContainEqual({
    name: 'http_request_seconds',
    labels: { method: 'GET', route: '/', le: '0.005' },
    value: 1,
  });
  expect(read.every(({ name, labels }) => name === 'http_requests_total' || 'le' in labels)).toBe(true);
});

test('what the catalogue does not know is counted as such, and disturbs nobody', async () => {
  const metrics = createPrometheusMetrics();
  metrics.count('coupons');
  metrics.count('coupon_issue_count', { colour: 'red' });
  const { body } = await metrics.expose();
  expect(body).toContain('metrics_rejected_total{name="coupons"} 1');
  expect(body).toContain('metrics_rejected_total{name="coupon_issue_count"} 1');
});

test('every metric the code counts is in the catalogue, with the kind and the labels it is used with', async () => {
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
  const uses = files.flatMap((file) => [
    ...readFileSync(`src/${file}`, 'utf8').matchAll(/metrics\??\.(count|gauge|observe)\(\s*'(\w+)'/g),
  ]);
  const kinds = { count: 'counter', gauge: 'gauge', observe: 'histogram' };
  const wrong = uses.filter(([, verb, name]) => catalogue[name ?? '']?.kind !== Object(kinds)[verb ?? '']);
  expect(wrong.map(([use]) => use)).toEqual([]);
});

test('every metric of the catalogue is measured somewhere', async () => {
  const files = (await readdir('src', { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('metrics/catalogue.ts'),
  );
  const sources = files.map((file) => readFileSync(`src/${file}`, 'utf8')).join('\n');
  const names = Object.keys(catalogue);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
});
