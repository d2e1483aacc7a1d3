import { z } from 'zod';

const kept = (value: string) => ({ getItem: () => value });
Object.assign(globalThis, { location: { origin: '' }, localStorage: kept('en'), sessionStorage: kept('') });

interface Progress {
  readonly done: number;
}
const api = z.object({
  follow: z.custom<(lines: Promise<object>, onProgress: (progress: Progress) => void) => Promise<unknown>>(),
});
/** Of a page, which is checked against what browsers have: by its name alone. */
const moduleOf = (name: string): Promise<unknown> => import(`../../web/console/src/api/${name}.js`);

test('a job is followed to its result, also in Safari, which does not iterate over streams', async () => {
  const { follow } = api.parse(await moduleOf('follow'));
  const response = new Response('{"progress":{"done":1,"total":2}}\n{"result":{"verdict":"PASS"}}\n');
  const data = Object.defineProperty(response.body ?? {}, Symbol.asyncIterator, { value: undefined });
  const seen: Progress[] = [];
  const answer = await follow(Promise.resolve({ data, response }), (progress) => void seen.push(progress));
  expect(answer).toMatchObject({ ok: true, value: { verdict: 'PASS' } });
  expect(seen).toEqual([{ done: 1, total: 2 }]);
});
