import { couponDecider } from '../../../src/domain/coupon/decider.js';
import { type CouponEvent } from '../../../src/domain/coupon/events.js';
import {
  type CouponRejections,
  evolveRejections,
  noRejections,
} from '../../../src/domain/coupon-rejections/coupon-rejections.js';
import { type CouponRequestRejected, type RejectionCode } from '../../../src/domain/coupon-rejections/events.js';
import { type Asker } from '../../../src/domain/coupon/request-scope.js';
import { rejected, settleRequest, type VoidRequest } from '../../../src/domain/coupon-rejections/settle-request.js';
import {
  changeQuantityTo,
  created,
  issue,
  issuedTo,
  noon,
  pause,
  paused,
  quantityChangedTo,
  resumed,
} from '../coupon/language.js';

const coupon = (...events: ReadonlyArray<CouponEvent>) => events.reduce(couponDecider.evolve, couponDecider.initial);
const rejections = (...events: ReadonlyArray<CouponRequestRejected>): CouponRejections =>
  events.reduce(evolveRejections, noRejections);

const by = (user: string | null): Asker => (user === null ? { asks: 'UNKNOWN' } : { asks: 'ISSUE', userId: user });
const rejectionOf = (user: string | null, code: RejectionCode, requestId = `request-of-${user}`) =>
  rejected({ couponId: 'spring', requestId, asker: by(user) }, code, noon);
const operationRejected = (quantity: number, requestId: string, actor = 'olga') =>
  rejected(
    {
      couponId: 'spring',
      requestId,
      asker: { asks: 'OPERATION', actor },
      operation: { type: 'ChangeQuantity', reason: 'rehearsal', quantity },
    },
    'QUANTITY_BELOW_ISSUED',
    noon,
  );
const voiding = (user: string): VoidRequest => ({
  type: 'VoidRequest',
  couponId: 'spring',
  userId: user,
  requestId: `request-of-${user}`,
  at: noon,
});
const before = { settled: 'Before', events: [] };

describe('settling a request', () => {
  it('grants it with what the coupon decides', () => {
    expect(settleRequest(issue({ to: 'ana' }), coupon(created()), noRejections)).toStrictEqual({
      settled: 'Granted',
      events: [issuedTo('ana')],
    });
  });

  it('records why it led to nothing', () => {
    const soldOut = coupon(created({ quantity: 1 }), issuedTo('ana'));
    expect(settleRequest(issue({ to: 'ben' }), soldOut, noRejections)).toStrictEqual({
      settled: 'Rejected',
      events: [rejectionOf('ben', 'OUT_OF_STOCK')],
    });
    expect(settleRequest(changeQuantityTo(0), soldOut, noRejections)).toStrictEqual({
      settled: 'Rejected',
      events: [operationRejected(0, 'quantity-1')],
    });
  });

  it('keeps a rejection when the request comes again, though the coupon has been resumed or enlarged', () => {
    const once = rejections(rejectionOf('ana', 'PAUSED'), rejectionOf('ben', 'OUT_OF_STOCK'));
    const now = coupon(created({ quantity: 0 }), paused(), resumed(), quantityChangedTo(9));
    expect(settleRequest(issue({ to: 'ana' }), now, once)).toStrictEqual(before);
    expect(settleRequest(issue({ to: 'ben' }), now, once)).toStrictEqual(before);
  });

  it('lets the same user try again with another request', () => {
    const once = rejections(rejectionOf('ana', 'PAUSED'));
    expect(settleRequest(issue({ to: 'ana', request: 'again' }), coupon(created()), once).settled).toBe('Granted');
  });

  it('does not take the requestId of one user for that of another', () => {
    const once = rejections(rejectionOf('ana', 'PAUSED', 'r'));
    expect(settleRequest(issue({ to: 'ben', request: 'r' }), coupon(created()), once).settled).toBe('Granted');
  });

  it('does not take the requestId of an operator for that of a user, nor for that of another operator', () => {
    const once = rejections(operationRejected(0, '7'));
    const now = coupon(created({ quantity: 2 }), issuedTo('ana'));
    expect(settleRequest(issue({ to: 'ben', request: '7' }), now, once)).toMatchObject({
      settled: 'Granted',
      events: [{ userId: 'ben', place: 2 }],
    });
    expect(settleRequest({ ...changeQuantityTo(5, '7'), actor: 'otto' }, now, once).settled).toBe('Granted');
    expect(settleRequest(changeQuantityTo(5, '7'), now, once)).toStrictEqual(before);
  });

  it('keeps a rejection of before the operator was recorded with it', () => {
    const { actor: _, operation: __, ...older } = operationRejected(0, '7');
    const now = coupon(created({ quantity: 2 }));
    expect(settleRequest(changeQuantityTo(5, '7'), now, rejections(older))).toStrictEqual(before);
    expect(settleRequest(issue({ to: 'ben', request: '7' }), now, rejections(older)).settled).toBe('Granted');
  });

  it('keeps the answer of a request whose message could not be read, whoever it was', () => {
    const once = rejections(rejectionOf(null, 'UNPROCESSABLE', 'request-of-ana'));
    expect(settleRequest(issue({ to: 'ana' }), coupon(created()), once)).toStrictEqual(before);
    expect(settleRequest(voiding('ana'), coupon(created()), once)).toStrictEqual(before);
  });

  it('changes nothing when an operator repeats a request', () => {
    expect(settleRequest(pause(), coupon(created(), paused()), noRejections)).toStrictEqual(before);
  });
});

describe('voiding a request', () => {
  const abandoned = rejectionOf('ana', 'ABANDONED');

  it('rejects one that never arrived', () => {
    expect(settleRequest(voiding('ana'), coupon(created()), noRejections)).toStrictEqual({
      settled: 'Rejected',
      events: [abandoned],
    });
  });

  it('finds it rejected should it still arrive', () => {
    expect(settleRequest(issue({ to: 'ana' }), coupon(created()), rejections(abandoned))).toStrictEqual(before);
  });

  it('decides on the merits whoever asks again later with the same id', () => {
    const later = { ...issue({ to: 'ana' }), at: noon + 1 };
    expect(settleRequest(later, coupon(created()), rejections(abandoned)).settled).toBe('Granted');
    const soldOut = coupon(created({ quantity: 1 }), issuedTo('ben'));
    const answer = settleRequest(later, soldOut, rejections(abandoned));
    expect(answer).toMatchObject({ settled: 'Rejected', events: [{ code: 'OUT_OF_STOCK' }] });
    const [again] = answer.events;
    if (again?.type !== 'CouponRequestRejected') throw new Error('It was not rejected');
    expect(settleRequest(later, coupon(created()), rejections(abandoned, again))).toStrictEqual(before);
  });

  it('gives up a second time what was asked again and did not arrive either', () => {
    const second = { ...voiding('ana'), at: noon + 1 };
    expect(settleRequest(second, coupon(created()), rejections(abandoned))).toMatchObject({
      events: [{ code: 'ABANDONED', at: noon + 1 }],
    });
    expect(settleRequest(voiding('ana'), coupon(created()), rejections(abandoned))).toStrictEqual(before);
  });

  it('leaves a request that was granted or rejected its answer', () => {
    expect(settleRequest(voiding('ana'), coupon(created(), issuedTo('ana')), noRejections)).toStrictEqual(before);
    expect(settleRequest(voiding('ana'), coupon(created()), rejections(rejectionOf('ana', 'CLOSED')))).toStrictEqual(
      before,
    );
  });
});
