import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { eventually } from '../support/eventually.js';
import { type HttpAnswer, http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const directory = newDir();
let server: RunningServer;
const secret = { CHALLENGE_SECRET: 'the secret of the shop' };

beforeAll(async () => {
  server = await startInProcess(directory, secret);
});
afterAll(() => server.stop());

const product = async (productId: string, challenge: string): Promise<void> => {
  const sold = { productId, name: 'Console', price: 1_000, stock: 1_000, challenge };
  expect(await http(`${server.url}/api/products`, sold)).toMatchObject({ status: 201, body: { challenge } });
};
const order = (productId: string, userId: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
  http(
    `${server.url}/api/orders`,
    { userId, lines: [{ productId, quantity: 1 }], shipping: { recipient: userId } },
    headers,
  );
const coupon = async (couponId: string, terms: object): Promise<void> => {
  const sold = { couponId, name: 'Spring', quantity: 100, discount: { kind: 'PERCENT', value: 10 }, ...terms };
  expect(await http(`${server.url}/api/coupons`, sold)).toMatchObject({ status: 201, body: terms });
};
const ask = (couponId: string, userId: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
  http(`${server.url}/api/coupons/${couponId}/issue`, { userId }, headers);
const changed = async (couponId: string, challenge: string): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  const change = { method: 'PATCH', headers, body: JSON.stringify({ challenge, actor: 'kim', reason: 'an attack' }) };
  expect(await (await checkedFetch(`${server.url}/api/coupons/${couponId}`, change)).json()).toMatchObject({
    challenge,
  });
};
const room = async (scheduleId: string, challenge: string): Promise<void> => {
  const body = JSON.stringify({ activeLimit: 10, activeTtlSeconds: 60, challenge });
  const headers = { 'content-type': 'application/json' };
  const answer = await checkedFetch(`${server.url}/api/v1/schedules/${scheduleId}`, { method: 'PUT', headers, body });
  expect(await answer.json()).toMatchObject({ challenge });
};
const join = (scheduleId: string, userId: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
  http(`${server.url}/api/v1/waiting-token`, { scheduleId, userId }, headers);
const isChallenge = (asked: unknown): asked is Challenge =>
  typeof asked === 'object' && asked !== null && 'parameters' in asked && 'signature' in asked;
const solved = async ({ body }: HttpAnswer): Promise<Record<string, string>> => {
  const { challenge } = body;
  if (!isChallenge(challenge)) throw new Error(`No challenge: ${JSON.stringify(body)}`);
  const solution = await solveChallenge({ challenge, deriveKey });
  return { 'challenge-response': Buffer.from(JSON.stringify({ challenge, solution })).toString('base64') };
};

test('a product that always asks is sold to whoever solves its challenge, and a solution sells one order', async () => {
  await product('console', 'ALWAYS');
  const asked = await order('console', 'ana');
  expect(asked).toMatchObject({ status: 403, body: { code: 'CHALLENGE_REQUIRED' } });
  const response = await solved(asked);
  expect(await order('console', 'ana', response)).toMatchObject({ status: 201 });
  expect(await order('console', 'ana', response)).toMatchObject({ status: 403, body: { code: 'CHALLENGE_REQUIRED' } });
});

test('a solution is not good for another product, and is still used up after a restart', async () => {
  await product('other', 'ALWAYS');
  const response = await solved(await order('other', 'ana'));
  expect(await order('console', 'ana', response)).toMatchObject({ status: 403 });
  expect(await order('other', 'ana', response)).toMatchObject({ status: 201 });
  await server.stop();
  server = await startInProcess(directory, secret);
  expect(await order('other', 'ana', response)).toMatchObject({ status: 403 });
});

test('where only the suspicious are asked, people order freely, and one address with many names does not', async () => {
  await product('suspicious', 'SUSPICIOUS');
  const statuses: number[] = [];
  for (let n = 0; n < 20; n += 1) statuses.push((await order('suspicious', `invented-${n}`)).status);
  expect(statuses[0]).toBe(201);
  expect(statuses.at(-1)).toBe(403);
});

test('a coupon that always asks is given to users who solve its challenge, and a solution is good for one request', async () => {
  await coupon('spring', { challenge: 'ALWAYS' });
  const asked = await ask('spring', 'ana');
  expect(asked).toMatchObject({ status: 403, body: { code: 'CHALLENGE_REQUIRED' } });
  const response = await solved(asked);
  expect(await ask('spring', 'ana', response)).toMatchObject({ status: 202 });
  expect(await ask('spring', 'ben', response)).toMatchObject({ status: 403, body: { code: 'CHALLENGE_REQUIRED' } });
});

test('before a coupon opens, and while it is paused, no challenge is given, so that none is solved in advance', async () => {
  const opensAt = new Date(Date.now() + 60_000).toISOString();
  await coupon('tomorrow', { challenge: 'ALWAYS', opensAt });
  expect(await ask('tomorrow', 'ana')).toMatchObject({ status: 409, body: { code: 'NOT_OPEN', opensAt } });
  await coupon('paused', { challenge: 'ALWAYS' });
  await http(`${server.url}/api/coupons/paused/pause`, { actor: 'kim', reason: 'a look' });
  expect(await ask('paused', 'ana')).toMatchObject({ status: 409, body: { code: 'PAUSED' } });
});

test('nobody solves a challenge to learn that a coupon is sold out', async () => {
  await coupon('last', { challenge: 'ALWAYS', quantity: 1 });
  expect(await ask('last', 'ana', await solved(await ask('last', 'ana')))).toMatchObject({ status: 202 });
  await eventually(async () =>
    expect(await ask('last', 'ben')).toMatchObject({ status: 409, body: { code: 'SOLD_OUT' } }),
  );
});

test('a challenge can be switched on, and off, in the middle of a sale', async () => {
  await coupon('attacked', { challenge: 'NEVER' });
  expect(await ask('attacked', 'ana')).toMatchObject({ status: 202 });
  await changed('attacked', 'ALWAYS');
  let n = 0;
  await eventually(async () => expect(await ask('attacked', `user-${(n += 1)}`)).toMatchObject({ status: 403 }));
  await changed('attacked', 'NEVER');
  expect(await ask('attacked', 'ben')).toMatchObject({ status: 202 });
});

test('a waiting room that always asks lets users join who solve its challenge', async () => {
  await room('doors', 'ALWAYS');
  const asked = await join('doors', 'ana');
  expect(asked).toMatchObject({ status: 403, body: { code: 'CHALLENGE_REQUIRED' } });
  const response = await solved(asked);
  expect(await join('doors', 'ana', response)).toMatchObject({ status: 201 });
  expect(await join('doors', 'ben', response)).toMatchObject({ status: 403 });
  await room('doors', 'NEVER');
  await eventually(async () => expect(await join('doors', 'ben')).toMatchObject({ status: 201 }));
});
