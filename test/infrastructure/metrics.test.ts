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
