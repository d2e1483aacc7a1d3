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
