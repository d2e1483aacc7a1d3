import { jest } from '@jest/globals';
import { createClient, type Sent } from '../../packages/client/src/index.js';

const neverAnswered = ({ signal }: Sent): Promise<Response> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

afterEach(() => jest.useRealTimers());

test('a connection that is never answered is lost, and is opened again', async () => {
  jest.useFakeTimers();
  const opened: string[] = [];
  const ending = new AbortController();
  const client = createClient({
    url: 'http://shop.example',
    fetch: (url, sent) => {
      opened.push(url);
      return neverAnswered(sent);
    },
  });
  const kinds: string[] = [];
  const listening = (async () => {
    for await (const { kind } of client.notices.listen({ userId: 'ana', signal: ending.signal })) kinds.push(kind);
  })();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(kinds).toEqual(['lost']);
  expect(opened).toHaveLength(2);
  ending.abort();
  await listening;
});

const connected = 'retry: 1500\n\nid: 1\nevent: connected\ndata: {"userId":"ana"}\n\n';

/** A stream that is open, and then breaks. */
const breaking = (): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(connected)),
      pull: (controller) => controller.error(new TypeError('terminated')),
    }),
  );

test('a connection that breaks is opened again as soon as the server said, however long it had been away before', async () => {
  jest.useFakeTimers();
  const openedAt: number[] = [];
  const ending = new AbortController();
  const client = createClient({
    url: 'http://shop.example',
    fetch: async () => {
      openedAt.push(Date.now());
      if (openedAt.length === 7) return breaking();
      throw new TypeError('fetch failed');
    },
  });
  const kinds: string[] = [];
  const listening = (async () => {
    for await (const { kind } of client.notices.listen({ userId: 'ana', signal: ending.signal })) kinds.push(kind);
  })();
  await jest.advanceTimersByTimeAsync(180_000);
  ending.abort();
  await listening;
  const [broke = 0, again = 0] = openedAt.slice(6);
  expect(kinds[6]).toBe('connected');
  expect(again - broke).toBe(1_500);
});

/** The server's answers to a token that has run out, and to one that is nobody's. */
const challenges: ReadonlyMap<string, string> = new Map([
  ['Bearer expired', 'Bearer error="invalid_token", error_description="The token has expired"'],
  ['Bearer revoked', 'Bearer error="invalid_token"'],
]);

/** What a caller without a good token hears within an hour. */
const heardBy = async (token: string | (() => string)): Promise<ReadonlyArray<string>> => {
  jest.useFakeTimers();
  const fetch = (_: string, { headers }: Sent): Promise<Response> => {
    const challenge = challenges.get(headers.get('authorization') ?? '') ?? 'Bearer';
    const told = { status: 401, headers: { 'www-authenticate': challenge } };
    return Promise.resolve(Response.json({ code: 'UNAUTHENTICATED' }, told));
  };
  const client = createClient({ url: 'http://shop.example', token, fetch });
  const kinds: string[] = [];
  const ending = new AbortController();
  const listening = (async () => {
    for await (const { kind } of client.notices.listen({ userId: 'ana', signal: ending.signal })) kinds.push(kind);
  })();
  await jest.advanceTimersByTimeAsync(3_600_000);
  ending.abort();
  await listening;
  return kinds;
};

test('who gives a token that has run out twenty times in a row is refused', async () => {
  expect(await heardBy(() => 'expired')).toEqual([...Array.from({ length: 19 }, () => 'lost'), 'refused']);
});

test('a token that is refused for another reason, or that cannot be renewed, is not shown again', async () => {
  expect(await heardBy(() => 'revoked')).toEqual(['refused']);
  expect(await heardBy('expired')).toEqual(['refused']);
});
