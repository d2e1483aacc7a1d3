import { Lookout, type Watched } from '../../../src/adapters/eventstoredb/lookout.js';
import { type Tail, tailOf } from '../../../src/adapters/eventstoredb/tail.js';
import { eventually } from '../../support/eventually.js';
import { recorded } from '../../support/in-memory/recorded.js';

const EVERY_MS = 1;

/** A log whose readings are counted; `down` while it does not answer. */
const serverOf = (count: number, everyMs = EVERY_MS) => {
  const events = Array.from({ length: count }, (_, position) => recorded({ type: 'Happened' }, position, 'order-1'));
  const server = { events, reads: 0, down: false };
  const read = async (): Promise<Tail> => {
    server.reads += 1;
    if (server.down) throw new Error('away');
    return tailOf(server.events.slice(-1_000), 1_000);
  };
  return { server, lookout: new Lookout(read, everyMs) };
};

const subscriber = (streamPrefix: string, received = -1, told = () => 0) => {
  const state = { received, lost: false };
  const watched: Watched = {
    wants: (streamId) => streamId.startsWith(streamPrefix),
    seen: () => state.received,
    passed: (_, seen) => {
      state.received = seen;
      told();
    },
    lost: () => {
      state.lost = true;
    },
  };
  return { state, watched };
};

describe('looking whether a quiet subscription has come to the end', () => {
  it('tells it, and goes on', async () => {
    const { server, lookout } = serverOf(3);
    let told = 0;
    const { state, watched } = subscriber('view-', -1, () => told++);
    const { leave } = lookout.watch(watched);
    await eventually(() => state.received === 2);
    await eventually(() => server.reads > 1);
    server.events.push(recorded({ type: 'Happened' }, 3, 'order-1'));
    await eventually(() => state.received === 3);
    leave();
    expect(told).toBe(2);
  });

  it('asks seldom while nothing comes', async () => {
    const { server, lookout } = serverOf(3, 20);
    const { watched } = subscriber('view-', 2);
    const began = performance.now();
    const { leave } = lookout.watch(watched);
    await eventually(() => server.reads === 3);
    leave();
    expect(performance.now() - began).toBeGreaterThan(600);
  });

  it('asks soon after something came', async () => {
    // Else it would ask again after twelve seconds.
    const { server, lookout } = serverOf(3, 600);
    const { state, watched } = subscriber('view-', 2);
    const { heard, leave } = lookout.watch(watched);
    await eventually(() => server.reads === 1);
    state.received = 3;
    heard();
    await eventually(() => server.reads === 2, 10_000);
    leave();
  });

  it('leaves a subscription alone that is to hear of one of the events', async () => {
    const { server, lookout } = serverOf(3);
    const { state, watched } = subscriber('order-', 1);
    const { leave } = lookout.watch(watched);
    await eventually(() => server.reads > 3);
    leave();
    expect(state).toStrictEqual({ received: 1, lost: false });
  });

  it('has everything read again if the subscription is further behind than is known', async () => {
    const { lookout } = serverOf(1_500);
    const { state, watched } = subscriber('view-', 400);
    const { leave } = lookout.watch(watched);
    await eventually(() => state.lost);
    leave();
    expect(state.received).toBe(400);
  });

  it('reads nothing while something comes, nor when nobody is there', async () => {
    const { server, lookout } = serverOf(3);
    let looks = 0;
    const { leave } = lookout.watch({
      wants: (streamId) => streamId.startsWith('view-'),
      seen: () => looks++,
      passed: () => undefined,
      lost: () => undefined,
    });
    await eventually(() => looks > 5);
    leave();
    expect(server.reads).toBe(0);
    const before = looks;
    const other = subscriber('other-');
    const { leave: leaveToo } = lookout.watch(other.watched);
    await eventually(() => other.state.received === 2);
    leaveToo();
    expect(looks).toBe(before);
  });

  it('looks again when the server is back', async () => {
    const { server, lookout } = serverOf(3);
    server.down = true;
    const { state, watched } = subscriber('view-');
    const { leave } = lookout.watch(watched);
    await eventually(() => server.reads === 1);
    server.down = false;
    await eventually(() => state.received === 2);
    leave();
  });
});
