import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
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
