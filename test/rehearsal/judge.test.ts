import { judge, type Seen, wrongAnswers } from '../../src/rehearsal/judge.js';

const final = (
  n: number,
  status: 'SUCCESS' | 'OUT_OF_STOCK' | 'ALREADY_ISSUED' | 'FAILED',
  userId = `user-${n}`,
  place = n,
) => [`r-${n}`, { requestId: `r-${n}`, userId, status, place }] as const;

const sale = (changed: Partial<Seen> = {}): Seen => ({
  users: 3,
  quantity: 2,
  finals: new Map([final(1, 'SUCCESS'), final(2, 'SUCCESS'), final(3, 'OUT_OF_STOCK')]),
  failures: [],
  answers: ['202 ACCEPTED'],
  issued: 2,
  ...changed,
});

test('a fair sale has no faults', () => expect(judge(sale())).toEqual([]));

test('selling more than there is, is a fault', () => {
  const finals = new Map([final(1, 'SUCCESS'), final(2, 'SUCCESS'), final(3, 'SUCCESS')]);
  expect(judge(sale({ finals, issued: 3 }))).toEqual(['3 people were told they have one of 2 coupons']);
});

test('keeping a coupon back although enough people asked is a fault', () => {
  const finals = new Map([final(1, 'SUCCESS'), final(2, 'OUT_OF_STOCK'), final(3, 'OUT_OF_STOCK')]);
  expect(judge(sale({ finals, issued: 1 }))).toEqual([expect.stringContaining('only 1 of 2')]);
});

test('two coupons to one person, or one place to two, is a fault', () => {
  const same = new Map([final(1, 'SUCCESS'), final(2, 'SUCCESS', 'user-1')]);
  expect(judge(sale({ finals: same }))).toEqual([expect.stringContaining('second coupon')]);
  const place = new Map([final(1, 'SUCCESS'), final(2, 'SUCCESS', 'user-2', 1)]);
  expect(judge(sale({ finals: place }))).toEqual([expect.stringContaining('same place')]);
});

test('a coupon that counts differently than its people is a fault, and so is whatever failed on the way', () => {
  expect(judge(sale({ issued: 1 }))).toEqual([expect.stringContaining('the coupon says 1')]);
  expect(judge(sale({ failures: ['r-9 was accepted and is still not decided'] }))).toHaveLength(1);
});

test('an accepted request that failed is a fault, and so is a coupon that somebody is said to have', () => {
  const winners = [final(1, 'SUCCESS'), final(2, 'SUCCESS')];
  const failed = new Map([...winners, final(3, 'FAILED')]);
  expect(judge(sale({ finals: failed }))).toEqual(['1 accepted requests FAILED']);
  const again = new Map([...winners, final(3, 'ALREADY_ISSUED', 'user-1')]);
  expect(judge(sale({ finals: again }))).toEqual([]);
  const deceived = new Map([...winners, final(3, 'ALREADY_ISSUED')]);
  expect(judge(sale({ finals: deceived }))).toEqual(['1 people were told they have a coupon already, and have none']);
});

test.each([
  ['order read 404 ORDER_NOT_FOUND', true],
  ['payment 404 PAYMENT_NOT_FOUND', true],
  ['order 409 SALE_NOT_OPEN', true],
  ['coupon 409 NOT_OPEN', true],
  ['payment 500 INTERNAL', true],
  ['order 409 INSUFFICIENT_STOCK', false],
  ['coupon 409 SOLD_OUT', false],
  ['order read 200', false],
  ['payment 402 DECLINED', false],
  ['500 INTERNAL', true],
  ['404 COUPON_NOT_FOUND', true],
  ['202 ACCEPTED', false],
  ['SUCCESS', false],
])('in an open sale, «%s» is %s a fault', (answer, isFault) => {
  expect(wrongAnswers([answer])).toEqual(isFault ? [`answered with ${answer}`] : []);
});
