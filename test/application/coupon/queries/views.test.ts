import { couponsView } from '../../../../src/application/coupon/coupons.js';
import {
  couponOutcomeId,
  couponOutcomeRule,
  couponOutcomes,
} from '../../../../src/application/coupon/coupon-outcomes.js';
import { outcomesView } from '../../../../src/application/kernel/outcome/outcomes.js';
import { type CouponRejectionWithdrawn } from '../../../../src/domain/coupon-rejections/events.js';
import { folded } from '../../../support/in-memory/recorded.js';
import { created, enlarged, issuedTo, paused, rejected, resumed } from './sale.js';

describe('The view of coupons', () => {
  it('shows the terms, and counts what has been issued', () => {
    const coupon = folded(couponsView, [created(3), issuedTo('ana', 1), issuedTo('ben', 2)])('c1');
    expect(coupon).toMatchObject({ name: 'Half price', quantity: 3, issued: 2, paused: false, revision: 2 });
  });

  it('shows what operators changed', () => {
    const coupon = folded(couponsView, [created(3), paused('p1'), enlarged(5, 'q1'), resumed('p2'), paused('p3')])(
      'c1',
    );
    expect(coupon).toMatchObject({ quantity: 5, paused: true });
  });

  it('writes only what its schema can read', () => {
    expect(couponsView.schema.safeParse(folded(couponsView, [created(3)])('c1')).success).toBe(true);
  });
});

const outcomes = outcomesView([couponOutcomeRule]);
const ofUser = (userId: string, requestId = `r-${userId}`) =>
  couponOutcomeId('c1', { asks: 'ISSUE', userId }, requestId);
const ofOperator = (requestId: string, actor = 'olga') =>
  couponOutcomeId('c1', { asks: 'OPERATION', actor }, requestId);

describe('The outcomes of requests for a coupon', () => {
  it('tells who got the coupon, and as how manyth', () => {
    const request = folded(outcomes, [created(1), issuedTo('ana', 1)])(ofUser('ana'));
    expect(request).toMatchObject({ userId: 'ana', result: 'DONE', place: 1, processedAt: 1_000_001 });
  });

  it('never changes an answer', () => {
    const request = folded(outcomes, [rejected('ana', 'PAUSED'), issuedTo('ana', 1)])(ofUser('ana'));
    expect(request).toMatchObject({ result: 'PAUSED' });
  });

  it('tells the answer of a request decided anew, and which it supersedes', () => {
    const withdrawn: CouponRejectionWithdrawn = {
      type: 'CouponRejectionWithdrawn',
      couponId: 'c1',
      userId: 'ana',
      requestId: 'r-ana',
      deadLetterId: 'letter-1',
      at: 0,
    };
    const document = folded(outcomes, [rejected('ana', 'UNPROCESSABLE'), withdrawn, issuedTo('ana', 1)])(ofUser('ana'));
    expect(document).toMatchObject({ result: 'DONE', place: 1, supersedes: { code: 'UNPROCESSABLE' } });
    expect(document).not.toHaveProperty('isWithdrawn');
  });

  it('keeps the answers of two who chose the same request id apart', () => {
    const requests = folded(outcomes, [issuedTo('ana', 1, 'same'), rejected('ben', 'OUT_OF_STOCK', 'same')]);
    expect(requests(ofUser('ana', 'same'))).toMatchObject({ userId: 'ana', result: 'DONE' });
    expect(requests(ofUser('ben', 'same'))).toMatchObject({ userId: 'ben', result: 'OUT_OF_STOCK' });
  });

  it('keeps the answer of everybody when everybody chooses the same request id', () => {
    const everybody = Array.from({ length: 1_000 }, (_, user) => rejected(`user-${user}`, 'OUT_OF_STOCK', 'same'));
    const requests = folded(outcomes, everybody);
    expect(requests(ofUser('user-999', 'same'))).toMatchObject({ userId: 'user-999', result: 'OUT_OF_STOCK' });
  });

  it('answers operators too, without calling them users', () => {
    const requests = folded(outcomes, [created(3), paused('p1'), rejected(null, 'QUANTITY_BELOW_ISSUED', 'q1')]);
    expect(requests(ofOperator('p1'))).toMatchObject({ result: 'DONE', userId: null });
    expect(requests(ofOperator('q1', ''))).toMatchObject({
      result: 'QUANTITY_BELOW_ISSUED',
      userId: null,
    });
  });

  it('reads back everything it writes', () => {
    const everything = [issuedTo('ana', 1), rejected('ben', 'CLOSED'), paused('p1'), issuedTo('cho', 2, 'r-ben')];
    const requests = folded(outcomes, everything);
    for (const id of [ofUser('ana'), ofUser('ben'), ofOperator('p1')])
      expect(couponOutcomes.schema.parse(requests(id))).toEqual(requests(id));
  });
});
