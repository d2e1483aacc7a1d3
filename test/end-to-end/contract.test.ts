import fc from 'fast-check';
import { z } from 'zod';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { anyRequest } from '../support/contract/requests.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { examples } from '../support/examples.js';

/** Requests made from the document; CI makes more. */
const EXAMPLES = Number(process.env['CONTRACT_EXAMPLES'] ?? 200);

let server: RunningServer;
afterAll(() => server.stop());
const newDir = tempDirs();

beforeAll(async () => {
  server = await startInProcess(newDir(), { LOG_LEVEL: 'silent' });
  const sold = (path: string, body: object) => http(`${server.url}${path}`, body);
  await sold('/api/coupons', {
    couponId: 'spring',
    name: 'Spring',
    quantity: 9,
    discount: { kind: 'PERCENT', value: 5 },
  });
  await sold('/api/products', { productId: 'ticket', name: 'Ticket', price: 500, stock: 1_000 });
  await sold('/api/events', { eventId: 'gala', name: 'Gala', opensAt: '2026-01-01T00:00:00Z' });
});

const problem = z.looseObject({ errors: z.array(z.object({ path: z.string(), message: z.string() })).optional() });

/** It never ends. */
const STREAMS = ['getSseSubscribeByUserId', 'getAdminStream'];

test('requests made of the document alone: never a 5xx, always an answer as documented', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest(STREAMS), async ({ method, target, headers, body }) => {
      const answer = await checkedFetch(`${server.url}${target}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
      });
      const text = await answer.text();
      if (answer.status >= 500) throw new Error(`${answer.status} ${text}`);
      if (answer.status !== 400 || headers['accept-language'] !== 'ko') return;
      for (const { message } of problem.parse(JSON.parse(text)).errors ?? []) expect(message).toMatch(/[가-힣]/);
    }),
    { numRuns: EXAMPLES, endOnFailure: true },
  );
});

test.each([
  '/api/users/ana/coupons',
  '/api/users/ana/orders',
  '/api/products/ticket/stock-audit',
  '/admin/sagas',
  '/admin/dead-letters',
  '/admin/users/ana/timeline',
])('a page of %s is asked for by a cursor of the page before and no other', async (path) => {
  const cursors = fc.oneof(
    fc.constantFrom(
      '0',
      'x',
      '-1',
      '99999999999999999999',
      'W10',
      'bnVsbA',
      Buffer.from('[null,null]').toString('base64url'),
    ),
    fc.stringMatching(/^[\w.~:=+/-]{1,60}$/),
    fc
      .tuple(fc.double(), fc.string())
      .map((place) => Buffer.from(JSON.stringify(place)).toString('base64url').slice(0, 512)),
  );
  const limits = fc.constantFrom('1', '100', '0', '101', '-1', '1e1', '', ' ', '007', '٣');
  await fc.assert(
    fc.asyncProperty(cursors, limits, async (cursor, limit) => {
      const query = new URLSearchParams({ cursor, limit });
      const { status } = await checkedFetch(`${server.url}${path}?${query.toString()}`);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: examples(25), endOnFailure: true },
  );
});

test('the cursor of parked orders is the fault of whoever asks', async () => {
  const answer = await http(`${server.url}/admin/sagas?cursor=0`);
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', errors: [{ path: 'cursor' }] } });
});

const event = (opensAt: unknown) => http(`${server.url}/api/events`, { name: 'x', opensAt });
const messageOf = ({ body }: { readonly body: unknown }) => problem.parse(body).errors?.[0]?.message;

test.each(['9999-12-31T23:59:59-12:00', '0000-01-01T00:00:00+12:00', '1969-12-31T23:59:59Z'])(
  'a time nobody could write in UTC with four digits is refused: %s',
  async (opensAt) => {
    const answer = await event(opensAt);
    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toMatch(/1970 to 9999/);
  },
);

test.each(['2026-12-01T10:00:00', '2026-12-01', '2026-12-01T10:00Z', 'tomorrow'])(
  'of the time %s it is said what is expected, with an example',
  async (opensAt) => {
    const answer = await event(opensAt);
    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toMatch(/zone, for example 2026-12-01T10:00:00\+09:00/);
  },
);

test('an integer that is too large to be exact is said to be just that', async () => {
  const sent = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"userId":1234567890123456789}',
  };
  const answer = await checkedFetch(`${server.url}/api/coupons/spring/issue`, sent);
  expect([answer.status, messageOf({ body: await answer.json() })]).toEqual([
    400,
    expect.stringMatching(/too large to be exact/),
  ]);
});
