import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { eventually } from '../support/eventually.js';

let server: Server;
const asked: ServerResponse[] = [];

beforeAll(async () => {
  server = createServer(
    (_, response) => void asked.push(response.writeHead(200, { 'content-type': 'text/event-stream' })),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const kept = (value: string) => ({ getItem: () => value });
  Object.assign(globalThis, { location: { origin }, localStorage: kept('en'), sessionStorage: kept('') });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** Of a page, which is checked against what browsers have: by its name alone. */
const moduleOf = (name: string): Promise<unknown> => import(`../../web/console/src/live/${name}.js`);
const live = z.object({ watch: z.custom<() => Promise<void>>(), forget: z.custom<() => void>() });
const state = z.object({
  connection: z.custom<{ readonly subscribe: (hear: (state: string) => void) => void }>(),
});

const board = { at: '2026-01-01T00:00:00.000Z', coupons: {}, rates: {}, undecided: {} };
const event = (name: string, data: object): string => `id: 1\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

test('a console that has lost its connection says so until it hears of the sale again', async () => {
  const { forget, watch } = live.parse(await moduleOf('watch'));
  const { connection } = state.parse(await moduleOf('state'));
  const said: string[] = [];
  connection.subscribe((state) => void said.push(state));
  void watch();
  await eventually(() => asked.length === 1);
  asked[0]?.write(`retry: 400\n\n${event('snapshot', { board, points: [] })}`);
  asked[0]?.end(event('delta', { at: '2026-01-01T00:00:00.500Z' }));
  // It has come back, and has heard nothing yet.
  await eventually(() => asked.length === 2);
  expect(said).toEqual(['connecting', 'live', 'away']);
  asked[1]?.write(event('delta', { at: '2026-01-01T00:00:01.000Z' }));
  await eventually(() => expect(said).toEqual(['connecting', 'live', 'away', 'live']));
  forget();
});
