import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { isKeyed, Map as Entries, Set as Members } from 'immutable';
import { couponAggregate } from '../../../../src/application/coupon/coupon-aggregate.js';
import { couponRejectionsAggregate } from '../../../../src/application/coupon/coupon-rejections-aggregate.js';
import { type Aggregate } from '../../../../src/application/kernel/writer/aggregate.js';
import { stockAggregate } from '../../../../src/application/checkout/aggregates/stock-aggregate.js';
import { waitingRoomAggregate } from '../../../../src/application/waiting-room/waiting-room-aggregate.js';
import { settleRequest } from '../../../../src/domain/coupon-rejections/settle-request.js';
import { noRejections } from '../../../../src/domain/coupon-rejections/coupon-rejections.js';
import { evolve as evolveCoupon } from '../../../../src/domain/coupon/coupon.js';
import { couponDecider } from '../../../../src/domain/coupon/decider.js';
import { type Decider } from '../../../../src/domain/decider.js';
import { type StockCommand, stockDecider } from '../../../../src/domain/stock/decider.js';
import { type WaitingRoomCommand, waitingRoomDecider } from '../../../../src/domain/waiting-room/decider.js';
import { type EventBody } from '../../../../src/application/ports/event-store.js';
import {
  admit,
  claim,
  complete,
  configure,
  expire,
  join,
  leave,
  minute,
  noon,
} from '../../../domain/waiting-room/language.js';
import { examples } from '../../../support/examples.js';
import { ordinaryTerms } from '../../../support/ordinary-terms.js';

/** All that is in a state, whatever holds it: a field that is new to the state is in it too. */
const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const inOrder = (entries: Iterable<unknown>) => [...entries].map(plain);
  if (Entries.isMap(value) || Members.isSet(value))
    return inOrder(isKeyed(value) ? value.entries() : value.values()).sort((a, b) =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
    );
  if (Symbol.iterator in value && isIterable(value)) return inOrder(value);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
};
const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value;

/** As a store keeps the pieces: as JSON. */
async function* stored(pieces: Iterable<unknown>): AsyncGenerator<unknown> {
  for (const piece of pieces) yield JSON.parse(JSON.stringify(piece));
}

const comesBack = async <State, Event extends EventBody>(
  { snapshots }: Aggregate<State, Event>,
  state: State,
): Promise<void> => {
  if (snapshots === null) throw new Error('It has no snapshots');
  expect(plain(await snapshots.decode(stored(snapshots.encode(state))))).toStrictEqual(plain(state));
};

const after = <State, Command, Event, Rejection>(
  { initial, evolve, decide }: Decider<State, Command, Event, Rejection>,
  commands: ReadonlyArray<Command>,
): State =>
  commands.reduce((state, command) => {
    const decided = decide(command, state);
    return E.isRight(decided) ? decided.right.reduce(evolve, state) : state;
  }, initial);

/** Every state that any commands lead to is in its snapshot. */
const everyState = <Command>(command: fc.Arbitrary<Command>, check: (commands: Command[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(fc.array(command, { maxLength: 60 }), check), { numRuns: examples(100) });

const day = 86_400_000;
const at = fc.integer({ min: 0, max: 20 }).map((days) => noon + days * day);
const few = (name: string) => fc.integer({ min: 1, max: 5 }).map((n) => `${name}${n}`);

describe('a snapshot brings back the whole state', () => {
  it('of a stock', () => {
    const productId = fc.constant('ticket');
    const of = { productId, orderId: few('o'), at };
    const policy = fc.record({
      latePayment: fc.constantFrom('REACQUIRE' as const, 'REFUND' as const),
      soldOut: fc.constantFrom('REOPEN' as const, 'STAY_CLOSED' as const),
      cancel: fc.constantFrom('UNTIL_SHIPPED' as const, 'UNTIL_PAID' as const),
    });
    const quantity = fc.integer({ min: 1, max: 4 });
    const command: fc.Arbitrary<StockCommand> = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          type: fc.constant('ReserveStock'),
          ...of,
          quantity,
          expiresAt: at,
          again: fc.boolean(),
          takenBy: few('call'),
          userId: few('u'),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          type: fc.constant('ReserveStock'),
          ...of,
          quantity,
          expiresAt: at,
          again: fc.boolean(),
        }),
      },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('ExtendHold'), ...of, expiresAt: at }) },
      {
        weight: 3,
        arbitrary: fc.record({
          type: fc.constant('ReleaseStock'),
          ...of,
          reason: fc.constantFrom('EXPIRED', 'CANCELLED', 'ROLLED_BACK'),
          takenBy: few('call'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('DeductStock'), ...of }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('RestoreStock'), ...of }) },
      fc.record({
        type: fc.constant('ChangeTerms'),
        productId,
        limits: fc.record({ maxPerUser: fc.option(quantity), pauseAfterExpirySeconds: fc.option(quantity) }),
        actor: few('op'),
        reason: few('because'),
        at,
      }),
      {
        weight: 2,
        arbitrary: fc.record({ type: fc.constant('ReceiveStock'), productId, deliveryNote: few('note'), quantity, at }),
      },
    );
    const created = fc.record({
      type: fc.constant('CreateProduct'),
      productId,
      name: fc.string(),
      price: fc.nat(),
      stock: fc.integer({ min: 0, max: 9 }),
      eventId: fc.option(few('event')),
      policy,
      limits: fc.constant(ordinaryTerms.limits),
      challenge: fc.constant(ordinaryTerms.challenge),
      at: fc.constant(noon),
    });
    return fc.assert(
      fc.asyncProperty(created, fc.array(command, { maxLength: 60 }), (first, commands) =>
        comesBack(stockAggregate, after(stockDecider, [first, ...commands])),
      ),
      { numRuns: examples(100) },
    );
  });

  const couponId = fc.constant('spring');
  const requestId = few('r');
  const operated = { couponId, requestId, actor: few('op'), reason: few('because'), at };
  const asked = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant('IssueCoupon'), couponId, userId: few('u'), requestId, at }),
    },
    fc.record({ type: fc.constant('PauseCoupon'), ...operated }),
    fc.record({ type: fc.constant('ResumeCoupon'), ...operated }),
    fc.record({ type: fc.constant('ChangeQuantity'), ...operated, quantity: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ type: fc.constant('OpenSale'), couponId, eventId: few('event'), requestId, at }),
    fc.record({ type: fc.constant('CloseSale'), couponId, eventId: few('event'), requestId, at }),
  );
  const create = fc.record({
    type: fc.constant('CreateCoupon'),
    couponId,
    name: fc.string(),
    quantity: fc.integer({ min: 1, max: 4 }),
    discount: fc.record({ kind: fc.constantFrom('AMOUNT', 'PERCENT'), value: fc.nat(100) }),
    opensAt: fc.option(fc.constant(noon)),
    closesAt: fc.option(fc.constant(noon + 19 * day)),
    eventId: fc.option(few('event')),
    at: fc.constant(noon),
  });

  it('of a coupon', () =>
    fc.assert(
      fc.asyncProperty(create, fc.array(asked, { maxLength: 60 }), (first, commands) =>
        comesBack(couponAggregate, after(couponDecider, [first, ...commands])),
      ),
      { numRuns: examples(100) },
    ));

  it('of the rejections of a coupon, as far as they are kept', () =>
    fc.assert(
      fc.asyncProperty(create, fc.array(asked, { maxLength: 60 }), async (first, commands) => {
        let coupon = after(couponDecider, [first]);
        let rejections = noRejections;
        for (const command of commands) {
          const settled = settleRequest({ ...command, at: noon + (command.at % day) }, coupon, rejections);
          if (settled.settled === 'Granted') coupon = settled.events.reduce(evolveCoupon, coupon);
          if (settled.settled === 'Rejected')
            rejections = settled.events.reduce(couponRejectionsAggregate.evolve, rejections);
        }
        await comesBack(couponRejectionsAggregate, rejections);
      }),
      { numRuns: examples(100) },
    ));

  it('of a waiting room', () => {
    const user = few('u');
    const moment = fc.oneof(
      fc.constant(noon),
      fc.integer({ min: 0, max: 60 }).map((n) => noon + n * minute),
    );
    const command: fc.Arbitrary<WaitingRoomCommand> = fc.oneof(
      { weight: 8, arbitrary: fc.tuple(user, moment).map(([who, when]) => join(who, when)) },
      { weight: 3, arbitrary: fc.tuple(user, moment).map(([who, when]) => claim(who, when)) },
      fc.tuple(user, moment).map(([who, when]) => leave(who, when)),
      fc.tuple(user, moment).map(([who, when]) => complete(who, when)),
      fc.tuple(user, moment).map(([who, when]) => expire(who, when, when - minute)),
      moment.map((when) => admit(when)),
      fc
        .tuple(fc.integer({ min: 0, max: 3 }), fc.option(fc.integer({ min: 1, max: 3 })), moment)
        .map(([activeLimit, admitPerSecond, when]) => configure({ activeLimit, admitPerSecond }, when)),
    );
    return everyState(command, (commands) =>
      comesBack(
        waitingRoomAggregate,
        after(waitingRoomDecider, [configure({ activeLimit: 3, admitPerSecond: 1 }), ...commands]),
      ),
    );
  });

  it('of each that does not exist yet', async () => {
    await comesBack(stockAggregate, stockAggregate.initial);
    await comesBack(couponAggregate, couponAggregate.initial);
    await comesBack(couponRejectionsAggregate, couponRejectionsAggregate.initial);
    await comesBack(waitingRoomAggregate, waitingRoomAggregate.initial);
  });
});
