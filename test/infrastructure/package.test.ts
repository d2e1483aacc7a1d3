import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startCollector } from '../support/collector.js';
import { builtDist } from '../support/server/built-dist.js';
import { startChildServer } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

const { exports, bin, scripts } = z
  .object({
    exports: z.object({ './waiting-pass': z.object({ default: z.string() }) }),
    bin: z.record(z.string(), z.string()),
    scripts: z.object({ start: z.string() }),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

const built = async (file: string): Promise<string> => join((await builtDist()).main, '../../..', file);

test('what other packages import is in the build, and can be imported by itself', async () => {
  const imported: unknown = await import(await built(exports['./waiting-pass'].default));
  expect(imported).toMatchObject({ waitingPass: expect.any(Function) });
});

test('what starts the server and the command line is in the build', async () => {
  for (const file of [...Object.values(bin), scripts.start.split(' ').at(-1) ?? ''])
    expect(existsSync(await built(file))).toBe(true);
});

test('what sends traces and metrics is in the build, and loaded where there is a collector', async () => {
  const collector = await startCollector();
  const server = await startChildServer(newDir(), { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await http(`${server.url}/api/coupons/none`);
  expect((await server.kill('SIGTERM')).code).toBe(0);
  collector.close();
  expect(collector.spans.map(({ name }) => name)).toEqual(['GET /api/coupons/:couponId']);
  // Errors of every route are sent from the start, so that a first one is seen to come.
  const counted = collector.metrics
    .get('http_requests_total')
    ?.sum?.dataPoints.filter(({ asDouble }) => asDouble !== 0);
  expect(counted).toMatchObject([{ asDouble: 1, attributes: { route: '/api/coupons/:couponId' } }]);
});
