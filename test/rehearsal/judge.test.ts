import { judge, type Seen } from '../../src/rehearsal/judge.js';

const final = (n: number, status: 'SUCCESS' | 'OUT_OF_STOCK', userId = `user-${n}`, place = n) =>
  [`r-${n}`, { requestId: `r-${n}`, userId, status, place }] as const;

const sale = (changed: Partial<Seen> = {}): Seen => ({
  users: 3,
  quantity: 2,
  finals: new Map([final(1, 'SUCCESS'), final(2, 'SUCCESS'), final(3, 'OUT_OF_STOCK')]),
  failures: [],
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
