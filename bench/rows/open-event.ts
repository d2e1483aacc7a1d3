import { type Bench } from '../harness/bench.js';
import { startProduct, type Server } from '../harness/servers.js';
import { count, median, seconds, spread } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';
import { openListeners } from '../load/listeners.js';

const OPENS_IN_MS = 2_000;

const isServed = async ({ url }: Server): Promise<boolean> => {
  const leaving = new AbortController();
  const answer = await fetch(`${url}/api/sse/subscribe/nobody`, { signal: leaving.signal });
  leaving.abort();
  return answer.status === 200;
};

const missing = async (bench: Bench): Promise<string | null> => {
  const server = await startProduct(bench.dist, { DATA_DIR: bench.directory() });
  const served = await isServed(server);
  await server.child.stop('SIGKILL');
  return served ? null : 'this build serves no /api/sse/subscribe';
};

/** From the time the event says it opens until the last of all streams has heard of it. */
const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const listening = bench.short ? 500 : 10_000;
  const server = await startProduct(bench.dist, { DATA_DIR: bench.directory() });
  const last: number[] = [];
  for (let n = 0; n < (bench.short ? 1 : 4); n++) {
    const listeners = await openListeners(server.url, listening);
    const opensAt = Date.now() + OPENS_IN_MS;
    const due = performance.now() + OPENS_IN_MS;
    const created = await fetch(`${server.url}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ eventId: `opening-${n}`, name: 'Bench', opensAt: new Date(opensAt).toISOString() }),
    });
    if (created.status !== 201) throw new Error(`Creating an event: HTTP ${created.status} ${await created.text()}`);
    await created.arrayBuffer();
    const heard = await listeners.heard('event-open', 30_000);
    listeners.close();
    const latest = heard.reduce((one, other) => Math.max(one, other), 0) - due;
    bench.say(`the last of ${count(listening)} after ${seconds(latest)}`);
    if (bench.short || n > 0) last.push(latest);
  }
  await server.child.stop('SIGKILL');
  const { measured, wanted } = atMost(median(last), 1_000, 300, seconds);
  const what = `EVENT_OPEN to ${count(listening)} open SSE connections`;
  return [{ what, measured: `${measured}${spread(last, seconds)}`, wanted }];
};

export const openEvent: Row = { name: 'open-event', title: 'Telling everyone', missing, run };
