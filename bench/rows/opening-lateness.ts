import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { count, ms, percentile } from '../harness/numbers.js';
import { type Finding, type Row } from '../harness/row.js';
import { startProduct, using } from '../harness/servers.js';

const event = z.object({ openedAt: z.string().nullable() });
/** Sooner than an event can be made known is no opening. */
const OPENS_IN_MS = 3_000;
/** From one opening to the next, at least: no whole number of anything that ticks. */
const APART_MS = 37;
const LOOK_MS = 20;

/** From the moment an event is meant to open to the moment at which it did, as its events say. */
const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> =>
  using(startProduct(bench.dist, { DATA_DIR: bench.directory() }), async ({ url }) => {
    const events = bench.short ? 30 : 300;
    const planned: { readonly eventId: string; readonly opensAt: number }[] = [];
    for (let n = 0; n < events; n++) {
      const eventId = `due-${n}`;
      const opensAt = Math.max((planned.at(-1)?.opensAt ?? 0) + APART_MS, Date.now() + OPENS_IN_MS);
      const created = await fetch(`${url}/api/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ eventId, name: 'Bench', opensAt: new Date(opensAt).toISOString() }),
      });
      if (created.status !== 201) throw new Error(`Creating an event: HTTP ${created.status} ${await created.text()}`);
      await created.arrayBuffer();
      planned.push({ eventId, opensAt });
    }
    const openedAt = async (eventId: string): Promise<number> => {
      for (;;) {
        const { openedAt: at } = event.parse(await (await fetch(`${url}/api/events/${eventId}`)).json());
        if (at !== null) return Date.parse(at);
        await sleep(LOOK_MS);
      }
    };
    const late: number[] = [];
    for (const { eventId, opensAt } of planned) late.push((await openedAt(eventId)) - opensAt);
    if (Math.min(...late) < 0) throw new Error(`one opened ${-Math.min(...late)} ms too early`);
    const measured = `p50 ${ms(percentile(late, 50))}, p99 ${ms(percentile(late, 99))}, none too early`;
    return [{ what: `lateness of ${count(events)} openings, at least ${APART_MS} ms apart`, measured }];
  });

export const openingLateness: Row = { name: 'opening-lateness', title: 'Opening on time', run };
