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
