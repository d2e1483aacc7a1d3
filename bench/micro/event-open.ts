import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readLock } from '../../src/adapters/embedded/environment/index.js';

/**
 * One server, many open streams: from an event's being open to the last client's knowing, and how late events open.
 * `node --import ./test/support/run-typescript.mjs bench/micro/event-open.ts [STREAMS] [EVENTS]`; needs as many open files
 * as streams (`ulimit -n`).
 */
const STREAMS = Number(process.argv[2] ?? 10_000);
const EVENTS = Number(process.argv[3] ?? 200);
const ROUNDS = 5;
const AT_ONCE = 200;

const directory = mkdtempSync(join(tmpdir(), 'doorbuster-bench-'));
const server = spawn(
  process.execPath,
  ['--no-warnings', '--import', './test/support/run-typescript.mjs', 'src/infrastructure/main.ts'],
  {
    env: { PATH: process.env['PATH'], DATA_DIR: directory, HTTP_PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);

const listening = async (): Promise<string> => {
  for (;;) {
    const url = readLock(directory)?.url;
    if (url !== undefined && url !== null) return url;
    await sleep(20);
  }
};

const percentile = (values: ReadonlyArray<number>, share: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** Hears `event-open` once per event; told when each came, by the clock of this machine. */
const listen = (port: number, user: string, onOpen: (eventId: string, at: number) => void): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /api/sse/subscribe/${user} HTTP/1.1\r\nHost: bench\r\n\r\n`),
    );
    socket.once('error', reject);
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      if (text.includes('event: connected')) resolve(socket);
      const eventId = /event: event-open\ndata: \{"eventId":"([\w-]+)"/.exec(text)?.[1];
      if (eventId !== undefined) onOpen(eventId, Date.now());
    });
  });

const url = await listening();
const port = Number(new URL(url).port);
const post = (path: string, body: object): Promise<Response> =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const openedAt = async (eventId: string): Promise<number> => {
  for (;;) {
    const event: unknown = await (await fetch(`${url}/api/events/${eventId}`)).json();
    if (typeof event === 'object' && event !== null && 'openedAt' in event && typeof event.openedAt === 'string')
      return Date.parse(event.openedAt);
    await sleep(20);
  }
};

const heard = new Map<string, number[]>();
const sockets: Socket[] = [];
for (let n = 0; n < STREAMS; n += AT_ONCE)
  sockets.push(
    ...(await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, STREAMS - n) }, (_, i) =>
        listen(port, `user-${n + i}`, (eventId, at) => heard.get(eventId)?.push(at)),
      ),
    )),
  );
process.stdout.write(`${STREAMS} streams open\n`);

for (let round = 0; round < ROUNDS; round += 1) {
  const eventId = `round-${round}`;
  heard.set(eventId, []);
  await post('/api/events', { eventId, name: eventId, opensAt: new Date(Date.now() + 1_000).toISOString() });
  const opened = await openedAt(eventId);
  while ((heard.get(eventId)?.length ?? 0) < STREAMS) await sleep(10);
  const waits = (heard.get(eventId) ?? []).map((at) => at - opened);
  const [half, last] = [percentile(waits, 0.5), percentile(waits, 1)];
  process.stdout.write(`open → heard: half within ${ms(half)}, the last after ${ms(last)}\n`);
}
for (const socket of sockets) socket.destroy();
await sleep(500);

const due = Array.from({ length: EVENTS }, (_, n) => ({ eventId: `due-${n}`, opensAt: Date.now() + 2_000 + n * 37 }));
await Promise.all(
  due.map(({ eventId, opensAt }) =>
    post('/api/events', { eventId, name: eventId, opensAt: new Date(opensAt).toISOString() }),
  ),
);
const late: number[] = [];
for (const { eventId, opensAt } of due) late.push((await openedAt(eventId)) - opensAt);
process.stdout.write(
  `${EVENTS} openings: p50 ${ms(percentile(late, 0.5))}, p99 ${ms(percentile(late, 0.99))}, earliest ${ms(Math.min(...late))} late\n`,
);

server.kill('SIGTERM');
await new Promise((resolve) => server.once('exit', resolve));
rmSync(directory, { recursive: true, force: true });
