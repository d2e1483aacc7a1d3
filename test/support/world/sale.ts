import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { embeddedGate } from '../../../src/adapters/embedded/gate/embedded-gate.js';
import { couponStream } from '../../../src/application/coupon/coupon-streams.js';
import { decideCouponRequests } from '../../../src/application/coupon/decide-coupon-requests.js';
import { isCouponEvent } from '../../../src/application/coupon/coupon-aggregate.js';
import { isCouponRequestRejected } from '../../../src/application/coupon/coupon-rejections-aggregate.js';
import { keepGate } from '../../../src/application/coupon/keep-gate.js';
import { loadGateState } from '../../../src/application/coupon/load-gate-state.js';
import { releaseLeaked } from '../../../src/application/coupon/release-leaked.js';
import { requestCoupon } from '../../../src/application/coupon/request-coupon.js';
import { restorePending } from '../../../src/application/coupon/restore-pending.js';
import { keepSnapshots } from '../../../src/application/kernel/writer/keep-snapshots.js';
import { type EventFeed } from '../../../src/application/ports/event-feed.js';
import { type LoggedMessage, type MessageLog } from '../../../src/application/ports/message-log.js';
import { recordingLog, recordingMetrics } from '../in-memory/quiet.js';
import { InMemoryReadModels } from '../in-memory/read-models.js';
import { movedClock } from '../moved-clock.js';
import { running } from '../running.js';
import { chance } from './chance.js';
import { asks, batch, operates } from './coupon-log.js';
import { worldEventStore } from './event-store.js';
import { troubledGate, troubledPublish, troubledStore, type Weather } from './faults.js';
import { inMemorySnapshots } from './snapshots.js';
import { turns } from './turns.js';
import { created } from '../../domain/coupon/language.js';

const MOST_TURNS = 20_000;

/** A whole sale of one coupon in a world where everything goes wrong, until it has come to rest. */
export const troubledSale = async (seed: number) => {
  const dice = chance(seed);
  const clock = movedClock();
  const given = turns(dice);
  let stormy = true;
  const severity = dice.next() * 0.25;
  const weather: Weather = { chance: dice, turns: given, trouble: () => (stormy ? severity : 0) };

  const truth = worldEventStore(clock.now);
  const quantity = 1 + dice.below(6);
  const event = created({ couponId: 'spring', quantity });
  await truth.append(couponStream('spring'), -1, [{ id: 'created', event, metadata: { correlationId: 'c' } }])();
  const eventStore = troubledStore(truth, weather);
  const snapshots = inMemorySnapshots();
  const logger = recordingLog();
  const loading = { eventStore, snapshots, logger };

  const messages: LoggedMessage[] = [];
  let committed = 0;
  const publish = troubledPublish((message) => {
    const offset = messages.length;
    messages.push(...batch([message], offset).messages);
    return { partition: 0, offset };
  }, weather);
  const unused = TE.left('LogUnavailable' as const);
  const log: MessageLog = {
    publish,
    ensureTopics: () => unused,
    subscribe: () => unused,
    read: ({ offset }, limit) => TE.right(messages.slice(offset, offset + limit)),
    lag: () => async () => E.right([{ partition: 0, head: messages.length, committed, oldestUnprocessedAt: null }]),
  };

  const newGate = () => embeddedGate({ load: loadGateState(loading), clock });
  let gate = newGate();
  const gateSeen = troubledGate(() => gate, weather);

  let over = false;
  const feed: EventFeed = {
    head: () => TE.right(-1),
    end: () => TE.right(-1),
    read: () => TE.left('EventStoreUnavailable'),
    subscribe: (after, handle) => {
      const follow = async () => {
        for (let position = after; !over;) {
          await given.turn();
          const events = truth.all.slice(position + 1, position + 2 + dice.below(5));
          const next = position + events.length;
          await handle({ events, position: next, caughtUp: true }).then(
            () => (position = next),
            () => undefined,
          );
        }
      };
      const followed = follow();
      return { stop: () => followed };
    },
  };
  await running({ feed, eventStore, readModels: new InMemoryReadModels() }, keepGate(gateSeen));

  const newOwner = () =>
    decideCouponRequests({
      ...loading,
      log,
      clock,
      metrics: recordingMetrics(),
      snapshotKeeper: keepSnapshots({ snapshots, logger }),
    });
  /** Two at once, of which each may die and be replaced, and neither knows of the other. */
  const own = async () => {
    let decide = newOwner();
    while (!over) {
      await given.turn();
      if (dice.happens(weather.trouble())) decide = newOwner();
      const from = committed;
      const some = messages.slice(from, from + 1 + dice.below(8));
      if (some.length === 0) continue;
      const handled = await decide({ topic: 'requests', partition: 0, messages: some }).then(
        () => true,
        () => false,
      );
      await given.turn();
      if (handled && !dice.happens(weather.trouble())) committed = Math.max(committed, from + some.length);
    }
  };
  void own();
  void own();

  const accepted: { readonly userId: string; readonly requestId: string }[] = [];
  const ids = { next: () => `made-${dice.below(1_000_000_000)}` };
  const ask = requestCoupon({
    gate: gateSeen,
    log,
    clock,
    ids,
    issueReceipt: async () => null,
    unguarded: async () => 'Go',
  });
  const visit = async (userId: string, requestId: string): Promise<void> => {
    for (let tries = 1 + dice.below(3); tries > 0; tries--) {
      const answer = await ask({ couponId: 'spring', userId, requestId, correlationId: requestId })();
      if (E.isRight(answer)) accepted.push({ userId, requestId });
    }
  };
  const operate = async (number: number): Promise<void> => {
    const requestId = `operation-${number}`;
    const asked = [
      { eventType: 'COUPON_PAUSE_REQUESTED' },
      { eventType: 'COUPON_RESUME_REQUESTED' },
      { eventType: 'COUPON_RESUME_REQUESTED' },
      { eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: dice.below(9) },
    ] as const;
    const chosen = asked[dice.below(asked.length)];
    if (chosen !== undefined) await publish('requests', operates(chosen, { requestId }))();
  };
  const poison = async (): Promise<void> => {
    await publish('requests', { ...asks('mallory', { requestId: 'poison' }), value: '{' })();
  };
  const loseGate = async (): Promise<void> => {
    await given.turn();
    gate = newGate();
    await restorePending({ gate, log })();
  };
  const people = Array.from({ length: 4 + dice.below(12) }, (_, n) => `user-${n}`);
  const busy = [
    ...people.map((user) => visit(user, `first-${user}`)),
    ...people.filter(() => dice.happens(0.3)).map((user) => visit(user, `second-${user}`)),
    ...Array.from({ length: dice.below(4) }, (_, n) => operate(n)),
    ...(dice.happens(0.3) ? [poison()] : []),
    ...(dice.happens(0.3) ? [loseGate()] : []),
  ];
  let visited = false;
  void Promise.all(busy).then(() => (visited = true));
  await given.run(() => visited, MOST_TURNS);

  const answersTo = (userId: string, requestId: string): ReadonlyArray<'Issued' | 'Rejected'> =>
    truth.all.flatMap(({ event: told }) => {
      if (isCouponEvent(told) && told.type === 'CouponIssued')
        return told.userId === userId && told.requestId === requestId ? ['Issued' as const] : [];
      if (isCouponRequestRejected(told))
        return told.userId === userId && told.requestId === requestId ? ['Rejected' as const] : [];
      return [];
    });
  const finalAnswer = ({ userId, requestId }: { readonly userId: string; readonly requestId: string }) =>
    TE.right(O.fromNullable(answersTo(userId, requestId)[0]));
  const sweep = releaseLeaked({ gate: gateSeen, log, clock, finalAnswer });

  // The storm is over; what it left behind has to be put right by the ordinary means alone.
  stormy = false;
  for (let sweeps = 0; sweeps < 3; sweeps++) {
    clock.move(601_000);
    let swept = false;
    void sweep().then(() => (swept = true));
    await given.run(() => swept && committed === messages.length, MOST_TURNS);
    const recorded = truth.all.length;
    let turnsLeft = 50;
    await given.run(() => turnsLeft-- === 0 && truth.all.length === recorded, MOST_TURNS);
  }
  const pending = await gate.pendingSince(Number.MAX_SAFE_INTEGER, 1_000)();
  over = true;
  return { events: truth.all.map(({ event: told }) => told), accepted, people, answersTo, pending, messages };
};
