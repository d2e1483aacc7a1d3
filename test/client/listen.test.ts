import { jest } from '@jest/globals';
import { createClient } from '../../packages/client/src/index.js';

const neverAnswered = (request: Request): Promise<Response> =>
  new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)));

afterEach(() => jest.useRealTimers());

test('a connection that is never answered is lost, and is opened again', async () => {
  jest.useFakeTimers();
  const opened: string[] = [];
  const ending = new AbortController();
  const client = createClient({
    url: 'http://shop.example',
    fetch: (request) => {
      opened.push(request.url);
      return neverAnswered(request);
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
