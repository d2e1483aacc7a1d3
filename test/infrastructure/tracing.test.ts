import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';
import { readTraceparent, writeTraceparent } from '../../src/application/kernel/tracing/traceparent.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
});
const sent = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

test('a trace context is read as it was written, and anything else is none', () => {
  const header = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const context = readTraceparent(header);
  expect(context).toMatchObject({ traceFlags: 1, isRemote: true });
  if (context !== undefined) expect(writeTraceparent(context)).toBe(header);
  for (const other of [
    undefined,
    '',
    'x',
    header.toUpperCase(),
    header.replace('b7ad6b7169203331', '0'.repeat(16)),
    `${header}-more`,
  ])
    expect(readTraceparent(other)).toBeUndefined();
});

test('one trace leads from the request over its decision to what the outside is told', async () => {
  const spans: Array<z.infer<typeof span>> = [];
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const batch = sent.parse(JSON.parse(Buffer.concat(chunks).toString()));
      spans.push(...batch.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.end('{}');
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const server = await startInProcess(newDir(), { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  const terms = { couponId: 'traced', name: 'Traced', quantity: 1, discount: { kind: 'PERCENT', value: 5 } };
  await http(`${server.url}/api/coupons`, terms);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const { body } = await http(`${server.url}/api/coupons/traced/issue`, { userId: 'ana' }, { traceparent });
  await http(`${server.url}/api/coupons/issue-status/${body['requestId']}`, undefined, { prefer: 'wait=10' });
  const named = (name: string) => spans.find((each) => each.name === name && each.traceId === traceId);
  // What is told is told a moment after it is decided; ending sends what is held back.
  await eventually(async () =>
    expect((await http(`${server.url}/metrics`)).text).toMatch(
      /relay_latency_seconds_count\{topic="coupon-events"\} [2-9]/,
    ),
  );
  await server.stop();
  expect(named('accept')).toMatchObject({ parentSpanId: 'b7ad6b7169203331' });
  expect(named('decide')).toMatchObject({ parentSpanId: named('accept')?.spanId });
  expect(named('relay')).toMatchObject({ parentSpanId: named('accept')?.spanId });
  collector.close();
});
