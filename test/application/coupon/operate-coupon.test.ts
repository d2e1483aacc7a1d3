import { either as E } from 'fp-ts';
import { couponMessage } from '../../../src/application/coupon/coupon-messages.js';
import { changeQuantity, pauseCoupon, resumeCoupon } from '../../../src/application/coupon/operate-coupon.js';
import { COUPON_ISSUE_REQUESTS } from '../../../src/application/kernel/messaging/topics.js';
import { rightOf } from '../../support/answer-of.js';
import { created, enlarged, issuedTo, paused, rejected, sale } from './queries/sale.js';

const asked = { couponId: 'c1', actor: 'olga', reason: 'a test', requestId: 'op-1', correlationId: 'c' };
const AT_ONCE = 0;
const LONG = 30_000;

describe('what an operator does to a coupon', () => {
  let shop: ReturnType<typeof sale>;
  let running: Awaited<ReturnType<(typeof shop)['start']>>;
  beforeEach(async () => {
    shop = sale();
    running = await shop.start();
    await shop.happened([created(1), issuedTo('ana', 1)]);
  });
  afterEach(() => running.stop());

  const ports = (waitMs: number) => {
    const { messageLog: log, readModels, clock } = shop;
    return { log, readModels, clock, ids: { next: () => 'made' }, waitMs };
  };
  const logged = () =>
    shop.messageLog
      .messages(COUPON_ISSUE_REQUESTS)
      .map(({ key, value }) => ({ key, ...couponMessage.parse(JSON.parse(value)) }));
  const unknown = (requestId: string) => E.left({ code: 'OUTCOME_UNKNOWN', requestId });

  it('takes its turn in the log of the coupon, with who and why', async () => {
    await pauseCoupon(ports(AT_ONCE))(asked)();
    await resumeCoupon(ports(AT_ONCE))({ ...asked, requestId: 'op-2' })();
    await changeQuantity(ports(AT_ONCE))({ ...asked, requestId: 'op-3', quantity: 7 })();
    const said = { key: 'c1', couponId: 'c1', actor: 'olga', reason: 'a test' };
    expect(logged()).toMatchObject([
      { ...said, eventType: 'COUPON_PAUSE_REQUESTED', requestId: 'op-1' },
      { ...said, eventType: 'COUPON_RESUME_REQUESTED', requestId: 'op-2' },
      { ...said, eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', requestId: 'op-3', quantity: 7 },
    ]);
  });

  it('is answered when queries see what became of it', async () => {
    const changed = changeQuantity(ports(LONG))({ ...asked, quantity: 7 })();
    await shop.happened([enlarged(7, 'op-1')]);
    expect(rightOf(await changed)).toMatchObject({ couponId: 'c1', quantity: 7, remaining: 6 });
    const { requestId: _, ...without } = asked;
    const pausing = pauseCoupon(ports(LONG))(without)();
    await shop.happened([paused('made')]);
    expect(rightOf(await pausing)).toMatchObject({ couponId: 'c1', status: 'PAUSED' });
  });

  it('is not answered by the result of another request, although the coupon is as it was asked', async () => {
    await shop.happened([paused('of-another')]);
    expect(await pauseCoupon(ports(50))(asked)()).toEqual(unknown('op-1'));
  });

  it('is answered by its own operator alone, and never with what was asked for under its id before', async () => {
    await shop.happened([enlarged(7, 'op-1')]);
    expect(await changeQuantity(ports(50))({ ...asked, actor: 'otto', quantity: 7 })()).toEqual(unknown('op-1'));
    const reused = await changeQuantity(ports(LONG))({ ...asked, quantity: 9 })();
    expect(reused).toEqual(E.left({ code: 'REQUEST_ID_REUSED' }));
  });

  it('is the same message when it is repeated', async () => {
    await pauseCoupon(ports(AT_ONCE))(asked)();
    await pauseCoupon(ports(AT_ONCE))(asked)();
    const [first, second] = logged();
    expect(second?.eventId).toEqual(first?.eventId);
  });

  it('says why it led to nothing', async () => {
    const changed = changeQuantity(ports(LONG))({ ...asked, quantity: 0 })();
    await shop.happened([rejected(null, 'QUANTITY_BELOW_ISSUED', 'op-1')]);
    expect(await changed).toEqual(E.left({ code: 'QUANTITY_BELOW_ISSUED' }));
  });

  it('can be repeated with its id when nobody sees yet what became of it', async () => {
    expect(await pauseCoupon(ports(AT_ONCE))(asked)()).toEqual(unknown('op-1'));
  });

  it('is waited for all the same when it may be in the log', async () => {
    shop.messageLog.failNextPublish = 'PublishOutcomeUnknown';
    const pausing = pauseCoupon(ports(LONG))(asked)();
    await shop.happened([paused('op-1')]);
    expect(rightOf(await pausing)).toMatchObject({ couponId: 'c1', status: 'PAUSED' });
  });

  it.each([
    ['PublishFailed', 'UNAVAILABLE'],
    ['LogOverloaded', 'OVERLOADED'],
  ] as const)('was not asked for when the log answers %s', async (failure, code) => {
    shop.messageLog.failNextPublish = failure;
    expect(await pauseCoupon(ports(AT_ONCE))(asked)()).toEqual(E.left({ code }));
    expect(logged()).toEqual([]);
  });
});
