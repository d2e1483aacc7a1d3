import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { type Coupon } from '../../../src/domain/coupon/coupon.js';
import { type CouponCommand, couponDecider } from '../../../src/domain/coupon/decider.js';
import { type CouponEvent } from '../../../src/domain/coupon/events.js';
import { changeQuantityTo, create, issue, minute, noon, pause, resume } from './language.js';

const few = (name: string, count: number) => fc.integer({ min: 1, max: count }).map((n) => `${name}-${n}`);
const quantity = fc.integer({ min: 0, max: 8 });
const moment = fc.integer({ min: -3, max: 3 }).map((n) => noon + n * minute);

/** Few users, few requests, few places: collisions are the point. */
const command: fc.Arbitrary<CouponCommand> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ to: few('user', 12), request: few('request', 20), at: moment }).map(issue),
  },
  { weight: 1, arbitrary: few('operation', 5).map(pause) },
  { weight: 2, arbitrary: few('operation', 5).map(resume) },
  {
    weight: 1,
    arbitrary: fc.tuple(quantity, few('operation', 5)).map(([to, request]) => changeQuantityTo(to, request)),
  },
  { weight: 1, arbitrary: quantity.map((of) => create({ quantity: of })) },
);
const coupon = fc.record({ quantity, opensAt: fc.option(moment), closesAt: fc.option(moment) }).map(create);
const sale = fc.tuple(coupon, fc.array(command, { maxLength: 60 })).map(([first, rest]) => [first, ...rest]);

interface Sale {
  readonly coupon: Coupon;
  readonly events: ReadonlyArray<CouponEvent>;
}
const nothingYet: Sale = { coupon: couponDecider.initial, events: [] };

const carryOut = ({ coupon: before, events }: Sale, asked: CouponCommand): Sale => {
  const decided = E.getOrElse((): ReadonlyArray<CouponEvent> => [])(couponDecider.decide(asked, before));
  return { coupon: decided.reduce(couponDecider.evolve, before), events: [...events, ...decided] };
};
const issuedIn = ({ events }: Sale) => events.flatMap((event) => (event.type === 'CouponIssued' ? [event] : []));
const quantityOf = ({ coupon: now }: Sale) => (now.status === 'Unknown' ? 0 : now.quantity);

describe('whatever is asked of a coupon', () => {
  it('never gives out more than its quantity, at any moment', () => {
    fc.assert(
      fc.property(sale, (commands) => {
        commands.reduce((before, asked) => {
          const after = carryOut(before, asked);
          expect(issuedIn(after).length).toBeLessThanOrEqual(quantityOf(after));
          return after;
        }, nothingYet);
      }),
    );
  });

  it('gives each user one, at places 1 to n without gaps', () => {
    fc.assert(
      fc.property(sale, (commands) => {
        const issued = issuedIn(commands.reduce(carryOut, nothingYet));
        expect(new Set(issued.map(({ userId }) => userId)).size).toBe(issued.length);
        expect(issued.map(({ place }) => place)).toStrictEqual(issued.map((_, index) => index + 1));
      }),
    );
  });

  it('changes nothing when what was granted is asked again', () => {
    fc.assert(
      fc.property(sale, fc.nat(), (commands, which) => {
        const end = commands.reduce(carryOut, nothingYet);
        const asked = commands[which % commands.length] ?? create();
        const once = carryOut(end, asked);
        expect(carryOut(once, asked).events).toStrictEqual(once.events);
      }),
    );
  });

  it('is the same state folded from the events as it was when they were decided', () => {
    fc.assert(
      fc.property(sale, (commands) => {
        const end = commands.reduce(carryOut, nothingYet);
        expect(end.events.reduce(couponDecider.evolve, couponDecider.initial)).toEqual(end.coupon);
      }),
    );
  });
});
