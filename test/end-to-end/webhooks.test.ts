import { spawn } from 'node:child_process';
import { z } from 'zod';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { runHere } from '../support/command-line.js';
import { freePort } from '../support/engines/free-port.js';
import { eventually } from '../support/eventually.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { isSigned, webhookReceiver } from '../support/webhook-receiver.js';

const newDir = tempDirs();
const receivers: Array<Awaited<ReturnType<typeof webhookReceiver>>> = [];
let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess(newDir(), {
    KEYS_SECRET: 'a secret that is long enough for every key',
    WEBHOOK_RETRY_MS: '10',
    WEBHOOK_GIVE_UP_MS: '300',
  });
});
afterAll(async () => {
  await server.stop();
  await Promise.all(receivers.map(({ close }) => close()));
});

const receiver = async () => {
  const made = await webhookReceiver();
  await made.open();
  receivers.push(made);
  return made;
};
const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const get = async (path: string) => (await http(`${server.url}${path}`)).body;
const patch = (path: string, body: object) =>
  checkedFetch(`${server.url}${path}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const subscribe = async (url: string, eventTypes: ReadonlyArray<string> = []): Promise<string> => {
  const { status, body } = await post('/admin/webhooks', { url, eventTypes });
  expect(status).toBe(200);
  return `/admin/webhooks/${z.string().parse(body['endpointId'])}`;
};
const secretOf = async (at: string): Promise<string> => z.string().parse((await get(`${at}/secret`))['secret']);
const coupon = async (couponId: string): Promise<void> => {
  const discount = { kind: 'AMOUNT', value: 1 };
  expect(await post('/api/coupons', { couponId, name: couponId, quantity: 5, discount })).toMatchObject({
    status: 201,
  });
};
const idsOf = (messages: ReadonlyArray<{ readonly id: string }>) => new Set(messages.map(({ id }) => id));

test('an endpoint is told what happens from its creation on, signed, and only what it asks for', async () => {
  await coupon('before');
  const [all, some] = [await receiver(), await receiver()];
  const at = await subscribe(all.url);
  await subscribe(some.url, ['COUPON_PAUSED']);
  await coupon('told');
  await post('/api/coupons/told/pause', { reason: 'a pause' });
  await eventually(() =>
    expect(all.taken.map(({ body }) => body.eventType).sort()).toEqual(['COUPON_CREATED', 'COUPON_PAUSED']),
  );
  await eventually(() => expect(some.taken.map(({ body }) => body.eventType)).toEqual(['COUPON_PAUSED']));
  const [created] = all.taken;
  expect(created?.body).toMatchObject({ eventType: 'COUPON_CREATED', couponId: 'told' });
  expect(created?.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': created?.body.eventId,
    'ce-id': created?.body.eventId,
    'ce-type': 'doorbuster.COUPON_CREATED',
    'ce-source': '/doorbuster/coupon-events',
  });
  const endpoint = at.slice('/admin/webhooks/'.length);
  await eventually(async () =>
    expect((await http(`${server.url}/metrics`)).text).toContain(`webhook_lag_seconds{endpoint="${endpoint}"} 0\n`),
  );
  const secret = await secretOf(at);
  expect(secret).toMatch(/^whsec_/);
  for (const message of all.taken) expect(isSigned(message, secret)).toBe(true);
});

test('a message that the receiver never takes becomes a dead letter, holds nothing up, and can be tried again', async () => {
  const picky = await receiver();
  picky.answers(({ body }) => (body['couponId'] === 'odd' ? 500 : 204));
  const at = await subscribe(picky.url, ['COUPON_CREATED']);
  await coupon('odd');
  for (const name of ['even-1', 'even-2']) await coupon(name);
  await eventually(() => expect(idsOf(picky.taken).size).toBe(2));
  await eventually(async () => {
    expect(await get(`${at}/dead-letters`)).toMatchObject({
      items: [{ eventType: 'COUPON_CREATED', failure: 'it answered 500', nextAttemptAt: null }],
    });
  });
  expect(idsOf(picky.refused).size).toBe(1);
  expect(picky.refused.length).toBeGreaterThan(1);
  picky.answers(() => 204);
  expect(await post(`${at}/dead-letters/retry`)).toMatchObject({ status: 200, body: { retried: 1 } });
  await eventually(() => expect(idsOf(picky.taken).size).toBe(3));
  await eventually(async () => expect(await get(`${at}/dead-letters`)).toMatchObject({ items: [] }));
});

test('a receiver that is gone gets nothing more until it is resumed; then nothing is missing', async () => {
  const moved = await receiver();
  moved.answers(() => 410);
  const at = await subscribe(moved.url, ['COUPON_CREATED']);
  await coupon('gone-1');
  await eventually(async () => expect(await get(at)).toMatchObject({ status: 'PAUSED' }));
  expect((await get(at))['pausedBecause']).toContain('it answered 410');
  await coupon('gone-2');
  moved.answers(() => 204);
  await patch(at, { paused: false, reason: 'it is back' });
  await eventually(() => expect(moved.taken.map(({ body }) => body['couponId']).sort()).toEqual(['gone-1', 'gone-2']));
});

test('a new secret signs beside the old one, which nobody reads where secrets do not belong', async () => {
  const careful = await receiver();
  const at = await subscribe(careful.url, ['COUPON_CREATED']);
  const old = await secretOf(at);
  expect(await post(`${at}/rotate-secret`, { overlapMs: 3_600_000 })).toMatchObject({ status: 200 });
  const fresh = await secretOf(at);
  expect(fresh).not.toBe(old);
  expect(await post(`${at}/test`)).toMatchObject({ body: { failure: null } });
  expect(await post(`${at}/rotate-secret`, { overlapMs: 0 })).toMatchObject({ status: 200 });
  expect(await post(`${at}/test`)).toMatchObject({ body: { failure: null } });
  const newest = await secretOf(at);
  const [during, after] = careful.taken;
  if (during === undefined || after === undefined) throw new Error('two tests were sent');
  expect([old, fresh, newest].map((secret) => isSigned(during, secret))).toEqual([true, true, false]);
  expect([old, fresh, newest].map((secret) => isSigned(after, secret))).toEqual([false, false, true]);
  const { text } = await http(`${server.url}/admin/audit?limit=100`);
  expect(text).toContain('/secret');
  for (const secret of [old, fresh, newest]) expect(text).not.toContain(secret.slice('whsec_'.length));
});

test('what was recorded since a time is delivered again when an operator asks for it', async () => {
  const forgetful = await receiver();
  const since = new Date().toISOString();
  await coupon('history-1');
  const at = await subscribe(forgetful.url, ['COUPON_CREATED']);
  await coupon('history-2');
  await eventually(() => expect(forgetful.taken.map(({ body }) => body['couponId'])).toEqual(['history-2']));
  expect(await post(`${at}/replay`, { since, reason: 'it lost its disk' })).toMatchObject({ status: 200 });
  await eventually(() =>
    expect(
      forgetful.taken
        .slice(1)
        .map(({ body }) => body['couponId'])
        .sort(),
    ).toEqual(['history-1', 'history-2']),
  );
});

test('an endpoint that is deleted is told nothing more', async () => {
  const former = await receiver();
  const at = await subscribe(former.url);
  expect((await checkedFetch(`${server.url}${at}`, { method: 'DELETE' })).status).toBe(200);
  expect(await http(`${server.url}${at}`)).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } });
});

const cli = (...args: ReadonlyArray<string>) => runHere('webhooks', ...args, '--url', server.url);

test('the receiver that the documentation shows takes what is signed for it, once, and nothing else', async () => {
  const port = String(await freePort());
  const made = await cli('create', `http://127.0.0.1:${port}/`, '--types', 'COUPON_CREATED', '--json');
  const { endpointId, secret } = z
    .object({ endpointId: z.string(), secret: z.string() })
    .parse(JSON.parse(made.stdout));
  const shown = spawn(process.execPath, ['docs/examples/webhooks/receiver.mjs'], {
    env: { PATH: process.env['PATH'], PORT: port, WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let said = '';
    shown.stdout.on('data', (data: Buffer) => (said += data.toString()));
    await eventually(() => expect(said).toBe('listening\n'));
    await coupon('shown');
    await eventually(() => expect(said).toContain('COUPON_CREATED shown'));
    expect(await cli('test', endpointId)).toMatchObject({ code: 0, stdout: 'The receiver took it\n' });
    await cli('rotate', endpointId, '--overlap-hours', '0');
    expect(await cli('test', endpointId)).toMatchObject({ code: 1, stdout: 'Not delivered: it answered 400\n' });
  } finally {
    shown.kill();
  }
});

test('an operator runs an endpoint from the command line', async () => {
  const made = await cli('create', 'https://shop.example/doorbuster', '--json');
  const { endpointId } = z.object({ endpointId: z.string() }).parse(JSON.parse(made.stdout));
  expect(await cli('pause', endpointId, '--reason', 'a new address')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('a new address'),
  });
  expect((await cli('list')).stdout).toMatch(new RegExp(`${endpointId}.*PAUSED`));
  expect((await cli('dead-letters', endpointId)).stdout).toBe('None\n');
  expect((await cli('retry', endpointId)).stdout).toBe('0 are tried again\n');
  expect((await cli('delete', endpointId)).stdout).toBe(`${endpointId} is deleted\n`);
  expect(await cli('replay', endpointId, '--since', '2026-01-01T00:00:00Z')).toMatchObject({ code: 1 });
});

test('of two that are created at once as the last, one is refused, and nothing is left of it', async () => {
  const webhooks = z.object({ items: z.array(z.object({ endpointId: z.string() })) });
  const listed = async () => webhooks.parse(await get('/admin/webhooks')).items.map(({ endpointId }) => endpointId);
  const create = () => post('/admin/webhooks', { url: 'https://shop.example/hook', eventTypes: ['EVENT_OPEN'] });
  for (let there = (await listed()).length; there < 19; there += 1) expect((await create()).status).toBe(200);
  const made = await Promise.all([create(), create()]);
  expect(made.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(made.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'TOO_MANY_WEBHOOKS' });
  const last = made.find(({ status }) => status === 200)?.body['endpointId'];
  expect(await listed()).toHaveLength(20);
  expect(await listed()).toContain(last);
  expect((await http(`${server.url}/admin/webhooks/${String(last)}`, undefined)).status).toBe(200);
  for (const endpointId of await listed())
    await checkedFetch(`${server.url}/admin/webhooks/${endpointId}?reason=over`, { method: 'DELETE' });
  expect(await listed()).toEqual([]);
});
