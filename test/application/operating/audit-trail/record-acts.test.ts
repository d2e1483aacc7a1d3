import { either as E, taskEither as TE } from 'fp-ts';
import { recordActs } from '../../../../src/application/operating/audit-trail/record-acts.js';
import { isActEvent } from '../../../../src/application/operating/audit-trail/acts.js';
import { type EventStore } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';

const day = 86_400_000;
const act = {
  subject: 'olga',
  role: 'operator',
  route: 'POST /api/coupons',
  target: '/api/coupons',
  requestId: 'r-1',
  asked: null,
  before: null,
} as const;

const world = (change: (store: EventStore) => EventStore = (store) => store) => {
  const store = new InMemoryEventStore();
  const written = new Map<string, number>();
  const counted: EventStore = {
    ...store,
    readStream: store.readStream,
    lastRevision: store.lastRevision,
    keepFor: store.keepFor,
    append: (stream, expected, events) => {
      written.set(stream, (written.get(stream) ?? 0) + 1);
      return store.append(stream, expected, events);
    },
  };
  let now = Date.UTC(2026, 0, 1);
  let id = 0;
  const acts = recordActs({
    eventStore: change(counted),
    clock: { now: () => now },
    ids: { next: () => `id-${(id += 1)}` },
    log: recordingLog(),
  });
  const recorded = async () => {
    const streams = await Promise.all(
      [...written.keys()].map((stream) => answerOf(store.readStream(stream, 0, 1_000))),
    );
    return streams.flat().map(({ event }) => event);
  };
  return { acts, written, recorded, later: (ms: number) => (now += ms) };
};

describe('acts', () => {
  it('are recorded before they are done, and what was answered after', async () => {
    const { acts, recorded } = world();
    const actId = await answerOf(acts.begin(act));
    expect(await recorded()).toMatchObject([{ type: 'ActBegun', actId, subject: 'olga' }]);
    acts.end({ actId, requestId: 'r-1', status: 201, after: null });
    await eventually(async () =>
      expect(await recorded()).toMatchObject([{}, { type: 'ActEnded', actId, status: 201 }]),
    );
    for (const event of await recorded()) expect(isActEvent.faultOf({ event, metadata: {} })).toBeNull();
  });

  it.each(['EventStoreUnavailable', 'AppendOutcomeUnknown'] as const)(
    'must not be done where they cannot be recorded (%s), and can again when they can',
    async (error) => {
      let fails = true;
      const { acts, recorded } = world((store) => ({
        ...store,
        append: (...append) => (fails ? TE.left(error) : store.append(...append)),
      }));
      expect(await acts.begin(act)()).toEqual(E.left('UNAVAILABLE'));
      fails = false;
      expect(E.isRight(await acts.begin(act)())).toBe(true);
      expect(await recorded()).toHaveLength(1);
    },
  );

  it('that come at once are written together, each once', async () => {
    const { acts, written, recorded } = world();
    const begun = await Promise.all(Array.from({ length: 500 }, () => acts.begin(act)()));
    expect(begun.every(E.isRight)).toBe(true);
    expect(await recorded()).toHaveLength(500);
    expect([...written.values()]).toEqual([expect.any(Number)]);
    expect([...written.values()][0]).toBeLessThan(10);
  });

  it('of another day stand in another stream', async () => {
    const { acts, written, later } = world();
    await answerOf(acts.begin(act));
    later(day);
    await answerOf(acts.begin(act));
    expect([...written.keys()].map((stream) => stream.slice(0, 15))).toEqual(['acts-2026-01-01', 'acts-2026-01-02']);
  });
});
