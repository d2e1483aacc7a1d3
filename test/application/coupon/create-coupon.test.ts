import { either as E, taskEither as TE } from 'fp-ts';
import { createCoupon, type CreateCouponPorts } from '../../../src/application/coupon/create-coupon.js';
import { couponStream } from '../../../src/application/coupon/coupon-aggregate.js';
import { answerOf } from '../../support/answer-of.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../support/in-memory/quiet.js';
import { stoppedClock } from '../../support/stopped-clock.js';

const terms = {
  name: 'Half price',
  quantity: 3,
  discount: { kind: 'PERCENT', value: 50 },
  opensAt: null,
  closesAt: null,
  eventId: null,
  correlationId: 'http-1',
} as const;

describe('creating a coupon', () => {
  let store: InMemoryEventStore;
  let waitedFor: number[];
  let ids: number;
  beforeEach(() => {
    store = new InMemoryEventStore();
    waitedFor = [];
    ids = 0;
  });
  const create = (wanted: object = {}, over: Partial<CreateCouponPorts> = {}) =>
    createCoupon({
      eventStore: store,
      snapshots: noSnapshots,
      logger: recordingLog(),
      clock: stoppedClock(() => 1_000),
      ids: { next: () => `made-${ids++}` },
      couponById: () => TE.left({ code: 'COUPON_NOT_FOUND' }),
      awaitVisible: (position) => TE.fromIO(() => void waitedFor.push(position)),
      ...over,
    })({ ...terms, ...wanted })();
  const told = (couponId: string) => answerOf(store.readStream(couponStream(couponId), 0, 10));

  it('records its terms, its time and the request that led to it', async () => {
    expect(await create({ couponId: 'spring' })).toMatchObject(E.right({ couponId: 'spring' }));
    const { correlationId, ...recorded } = terms;
    expect(await told('spring')).toMatchObject([
      { event: { type: 'CouponCreated', couponId: 'spring', ...recorded, at: 1_000 }, metadata: { correlationId } },
    ]);
  });

  it('gives it an id where the operator has none', async () => {
    expect(await create()).toMatchObject(E.right({ couponId: 'made-0' }));
    expect(await told('made-0')).toHaveLength(1);
  });

  it('happens once: repeated, however much later, it is answered as the first time', async () => {
    await create({ couponId: 'spring' });
    const later = { clock: stoppedClock(() => 9_000) };
    expect(await create({ couponId: 'spring' }, later)).toMatchObject(E.right({ couponId: 'spring' }));
    expect(await told('spring')).toHaveLength(1);
  });

  it('happens once: of two creators with other terms the second is told', async () => {
    await create({ couponId: 'spring' });
    expect(await create({ couponId: 'spring', name: 'Other' })).toEqual(E.left({ code: 'COUPON_EXISTS' }));
    expect(await told('spring')).toHaveLength(1);
  });

  it('refuses a window that ends before it begins', async () => {
    expect(await create({ opensAt: 2_000, closesAt: 1_000 })).toEqual(E.left({ code: 'INVALID_WINDOW' }));
  });

  it('waits until queries see it, and is created even when they do not yet', async () => {
    await create({ couponId: 'spring' });
    expect(waitedFor).toEqual([await answerOf(store.head())]);
    const behind = { awaitVisible: () => TE.left('NotYetVisible' as const) };
    expect(await create({ couponId: 'summer' }, behind)).toMatchObject(E.right({ couponId: 'summer' }));
  });

  it('says that nothing was written while the store is away, and where to look when nobody knows', async () => {
    const append = () => TE.left('AppendOutcomeUnknown' as const);
    const { readStream, lastRevision, keepFor } = store;
    const silent = { eventStore: { readStream, lastRevision, keepFor, append } };
    expect(await create({ couponId: 'spring' }, silent)).toEqual(
      E.left({ code: 'OUTCOME_UNKNOWN', couponId: 'spring' }),
    );
    store.unavailable = true;
    expect(await create({ couponId: 'spring' })).toEqual(E.left({ code: 'UNAVAILABLE' }));
  });
});
