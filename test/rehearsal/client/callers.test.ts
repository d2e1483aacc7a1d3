import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type CallerOptions, openCallers } from '../../../src/rehearsal/client/callers.js';

/** Answers each request as the next of these says, and remembers what was sent. */
const answering = async (answers: ReadonlyArray<(response: ServerResponse) => void>) => {
  const received: string[] = [];
  const authorizations: Array<string | undefined> = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers[received.length] ?? answers.at(-1);
      received.push(body);
      authorizations.push(request.headers.authorization);
      answer?.(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const callersOf = (options: Partial<CallerOptions>) =>
    openCallers({ url: `http://127.0.0.1:${port}`, sockets: 1, timeoutMs: 60_000, ...options });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
  };
  return { received, authorizations, callersOf, close };
};

const told =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(JSON.stringify({ status, code: `C${status}` }));

const request = { couponId: 'c', userId: 'ana', requestId: 'r-1' };

test('what was told to come again, or was cut off, is sent again as it was until it is answered', async () => {
  const cutOff = (response: ServerResponse): void => void response.destroy();
  const { received, callersOf, close } = await answering([
    cutOff,
    told(408),
    told(503, { 'retry-after': '1' }),
    told(202),
  ]);
  const callers = callersOf({ signal: new AbortController().signal });
  expect(await callers.visitor.requestCoupon(request)).toMatchObject({ ok: true, status: 202 });
  expect(received).toEqual(Array.from({ length: 4 }, () => '{"userId":"ana","requestId":"r-1"}'));
  await callers.close();
  await close();
});

test('a final answer is taken as it is', async () => {
  const { received, callersOf, close } = await answering([told(409)]);
  const callers = callersOf({ signal: new AbortController().signal });
  expect(await callers.visitor.coupons.get('c')).toMatchObject({ problem: { code: 'C409' } });
  expect(received).toHaveLength(1);
  await callers.close();
  await close();
});

test('in a rehearsal that repeats nothing, whoever waits for an outcome still asks again', async () => {
  const { received, callersOf, close } = await answering([
    told(503, { 'retry-after': '0' }),
    told(503, { 'retry-after': '0' }),
    told(409),
  ]);
  const callers = callersOf({});
  expect(await callers.visitor.coupons.get('c')).toMatchObject({ problem: { code: 'C503' } });
  expect(await callers.patient.coupons.result(request)).toMatchObject({ problem: { code: 'C409' } });
  expect(received).toHaveLength(3);
  await callers.close();
  await close();
});

test('once the whole is given up nothing is waited for or sent again', async () => {
  const abort = new AbortController();
  const { received, callersOf, close } = await answering([
    told(503, { 'retry-after': '0' }),
    () => abort.abort(new Error('given up')),
  ]);
  const callers = callersOf({ signal: abort.signal });
  expect(await callers.visitor.coupons.get('c')).toMatchObject({
    problem: { code: 'UNREACHABLE', detail: 'given up' },
  });
  expect(received).toHaveLength(2);
  await close();
});

test('an operator’s call shows the token, a visitor’s does not', async () => {
  const { authorizations, callersOf, close } = await answering([told(200)]);
  const callers = callersOf({ token: 'secret' });
  await callers.operator.coupons.get('c');
  await callers.visitor.coupons.get('c');
  expect(authorizations).toEqual(['Bearer secret', undefined]);
  await callers.close();
  await close();
});

test('what is not answered as it should be is told in words', async () => {
  const { callersOf, close } = await answering([told(404)]);
  const callers = callersOf({});
  const reading = callers.expect(callers.visitor.coupons.get('c'), 'Reading');
  await expect(reading).rejects.toThrow('Reading: the server answered 404 C404');
  await callers.close();
  await close();
});
