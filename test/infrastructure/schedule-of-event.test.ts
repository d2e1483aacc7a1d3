import { either as E } from 'fp-ts';
import { eventOfCoupon } from '../../src/infrastructure/container/schedule-of-event.js';
import { type CouponCreated } from '../../src/domain/coupon/events.js';
import { NO_STREAM } from '../../src/application/ports/event-store.js';
import { couponStream } from '../../src/application/coupon/coupon-aggregate.js';
import { answerOf } from '../support/answer-of.js';
import { InMemoryEventStore } from '../support/in-memory/event-store.js';

const created: CouponCreated = {
  type: 'CouponCreated',
  couponId: 'spring',
  name: 'Spring',
  quantity: 1_000,
  discount: { kind: 'PERCENT', value: 10 },
  opensAt: null,
  closesAt: null,
  eventId: 'sale',
  at: 1_000_000,
};

/** All that can happen without an answer of the store has happened. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What is read is what stood there when it was asked for; the answers come when the test lets them. */
const world = () => {
  const store = new InMemoryEventStore();
  const held: (() => void)[] = [];
  const readStream: InMemoryEventStore['readStream'] = (streamId, from, limit) => async () => {
    const found = await store.readStream(streamId, from, limit)();
    await new Promise<void>((resolve) => held.push(resolve));
    return found;
  };
  const eventOf = eventOfCoupon({ readStream });
  return {
    store,
    held,
    create: () =>
      answerOf(
        store.append(couponStream('spring'), NO_STREAM, [
          { id: '1', event: created, metadata: { correlationId: 'test' } },
        ]),
      ),
    ask: () => eventOf('spring')(),
    answerAll: async () => {
      held.splice(0).forEach((answer) => answer());
      await turn();
    },
  };
};

describe('the event of a coupon', () => {
  it('is read once for the thousands who ask in the moment a sale opens, and never again', async () => {
    const { create, ask, held, answerAll } = world();
    await create();
    const asked = Array.from({ length: 1_000 }, ask);
    await turn();
    expect(held).toHaveLength(1);
    await answerAll();
    expect(new Set((await Promise.all(asked)).map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify(E.right('sale'))]),
    );
    expect(await ask()).toEqual(E.right('sale'));
    expect(held).toHaveLength(0);
  });

  it('is known to a call made after the coupon was created, even while an older read is not finished', async () => {
    const { create, ask, answerAll } = world();
    const before = ask();
    await turn();
    await create();
    const after = ask();
    await answerAll();
    await answerAll();
    expect(await before).toEqual(E.right(null));
    expect(await after).toEqual(E.right('sale'));
  });

  it('is unknown while events cannot be read, and asked for again', async () => {
    const { store, create, ask, answerAll } = world();
    await create();
    store.unavailable = true;
    const [one, other] = [ask(), ask()];
    await turn();
    await answerAll();
    expect([await one, await other]).toEqual([E.left('Unavailable'), E.left('Unavailable')]);
    store.unavailable = false;
    const again = ask();
    await turn();
    await answerAll();
    expect(await again).toEqual(E.right('sale'));
  });
});
