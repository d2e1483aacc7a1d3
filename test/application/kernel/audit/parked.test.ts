import { taskEither as TE } from 'fp-ts';
import { verdictOf } from '../../../../src/application/kernel/audit/audit.js';
import { withParked } from '../../../../src/application/kernel/audit/parked.js';
import { rightOf } from '../../../support/answer-of.js';

const fact = {
  consumer: 'view-orders',
  revision: 3,
  eventType: 'Unheard',
  reason: 'its type is not known',
  parkedAt: 1,
};
const judged = withParked(TE.right([{ ...fact, streamId: 'payment-p1' }]));
const passed = verdictOf([{ name: 'goods', ok: true, detail: 'Held' }]);

test('a payment of an order that a consumer skips makes its verdict a FAIL that says so', async () => {
  expect(rightOf(await judged(passed, new Set(['order-o1', 'payment-p1']))())).toMatchObject({
    verdict: 'FAIL',
    reasons: ['no consumer skips a stream of it: view-orders skips payment-p1: its type is not known'],
  });
});

test('a stream of something else changes nothing', async () => {
  expect(rightOf(await judged(passed, new Set(['order-o2']))())).toMatchObject({ verdict: 'PASS', reasons: [] });
});
