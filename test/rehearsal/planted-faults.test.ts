import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { rehearseOpening } from '../../src/rehearsal/opening/rehearse-opening.js';
import { rehearse } from '../../src/rehearsal/rush/rehearse-rush.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

interface Told {
  readonly status: number;
  readonly text: string;
}

/** What is told instead of an answer; null: the answer as it is. */
type Lie = (call: string, told: Told) => Told | null;

const newDir = tempDirs();
let server: RunningServer;
let front: Server;
let url = '';
let lie: Lie = () => null;
/** How often each stream in turn tells of the opening, where that is not once. */
let openingsTold: number[] = [];

beforeAll(async () => {
  server = await startInProcess(newDir());
  front = createServer((request, response) => {
    const { method = 'GET', url: path = '/' } = request;
    const leaving = new AbortController();
    const pass = async (): Promise<unknown> => {
      const body = await buffer(request);
      const headers = Object.entries(request.headers).flatMap(([name, value]): ReadonlyArray<[string, string]> =>
        typeof value === 'string' && !/^(connection|content-length|transfer-encoding|host)$/.test(name)
          ? [[name, value]]
          : [],
      );
      const answer = await fetch(server.url + path, {
        method,
        headers: [...headers],
        signal: leaving.signal,
        ...(body.length > 0 && { body }),
      });
      const type = answer.headers.get('content-type') ?? 'application/json';
      const isStream = type.startsWith('text/event-stream') && answer.body !== null;
      if (isStream) {
        response.writeHead(answer.status, { 'content-type': type });
        response.once('close', () => leaving.abort());
        for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
          const times = piece.includes('event: event-open') ? (openingsTold.shift() ?? 1) : 1;
          for (let time = 0; time < times; time += 1) response.write(piece);
        }
        return response.destroy();
      }
      const real = { status: answer.status, text: await answer.text() };
      const { status, text } = lie(`${method} ${path}`, real) ?? real;
      return response.writeHead(status, { 'content-type': type }).end(text);
    };
    pass().catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await server.stop();
});
beforeEach(() => (lie = () => null));

const problem = (status: number, code: string): Told => ({ status, text: JSON.stringify({ status, code }) });
const onlyOnce = (matches: (call: string, told: Told) => boolean, make: (told: Told) => Told): Lie => {
  let isDone = false;
  return (call, told) => {
    if (isDone || !matches(call, told)) return null;
    isDone = true;
    return make(told);
  };
};

const isAsking = (call: string): boolean => /^POST .*\/issue$/.test(call);
const isPlace = (call: string): boolean => call.startsWith('GET /api/v1/waiting-token/');

const playRush = () => rehearse({ url, users: 40, quantity: 10, duplicates: 0.2, sockets: 8, finalWithinMs: 60_000 });
const playOpening = () =>
  rehearseOpening({ url, users: 20, quantity: 5, activeLimit: 5, opensInMs: 300, sockets: 8, finalWithinMs: 60_000 });

test('a server that tells the truth passes', async () => {
  expect(await playRush()).toMatchObject({ faults: [], passed: true });
  expect(await playOpening()).toMatchObject({ faults: [], passed: true });
});

test.each<[string, Lie, string]>([
  [
    'one of the late is answered an error',
    onlyOnce(
      (call, { status }) => isAsking(call) && status === 409,
      () => problem(500, 'INTERNAL'),
    ),
    'answered with 500 INTERNAL',
  ],
  [
    'one is told that there is no such coupon',
    onlyOnce(
      (call, { status }) => isAsking(call) && status === 409,
      () => problem(404, 'COUPON_NOT_FOUND'),
    ),
    'answered with 404 COUPON_NOT_FOUND',
  ],
])('a rush in which %s fails', async (_, planted, fault) => {
  lie = planted;
  const { faults, passed } = await playRush();
  expect({ faults, passed }).toEqual({ faults: [fault], passed: false });
});

test.each<[string, Lie, string]>([
  [
    'one is told that their place does not exist',
    onlyOnce(isPlace, () => problem(404, 'TOKEN_NOT_FOUND')),
    'answered with place 404 TOKEN_NOT_FOUND',
  ],
  [
    'one of the late is answered an error',
    onlyOnce(
      (call, { text }) => isAsking(call) && text.includes('SOLD_OUT'),
      () => problem(500, 'INTERNAL'),
    ),
    'answered with 500 INTERNAL',
  ],
])('an opening at which %s fails', async (_, planted, fault) => {
  lie = planted;
  const { faults, passed } = await playOpening();
  expect({ faults, passed }).toEqual({ faults: [fault], passed: false });
});

test('an opening of which one is told twice, and another never, fails', async () => {
  openingsTold = [2, 0];
  const { faults, passed } = await playOpening();
  expect(faults).toEqual(['19 of 20 heard of the opening', '1 people were told of the opening twice']);
  expect(passed).toBe(false);
});

test('whoever may not queue is told what to give, and is not asked again for ever', async () => {
  lie = (call) => (call.startsWith('POST /api/v1/waiting-token') ? problem(401, 'UNAUTHENTICATED') : null);
  await expect(playOpening()).rejects.toThrow('401 UNAUTHENTICATED; give --token and --service-key');
});
