import { either as E, taskEither as TE } from 'fp-ts';
import { couponMessage } from '../../../src/application/coupon/coupon-messages.js';
import {
  type AwaitResult,
  changeQuantity,
  pauseCoupon,
  resumeCoupon,
} from '../../../src/application/coupon/operate-coupon.js';
import { COUPON_ISSUE_REQUESTS } from '../../../src/application/kernel/messaging/topics.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { stoppedClock } from '../../support/stopped-clock.js';

const asked = { couponId: 'spring', actor: 'olga', reason: 'the shop is slow', requestId: 'op-1', correlationId: 'c' };

describe('what an operator does to a coupon', () => {
  let log: InMemoryMessageLog;
  let awaited: object[];
  beforeEach(() => {
    log = new InMemoryMessageLog();
    awaited = [];
  });
  const ports = (result: ReturnType<AwaitResult> = TE.right({ result: 'CarriedOut' })) => ({
    log,
    clock: stoppedClock(() => 1_000),
    ids: { next: () => 'made' },
    awaitResult: (operation: object) => {
      awaited.push(operation);
      return result;
    },
  });
  const logged = () =>
    log.messages(COUPON_ISSUE_REQUESTS).map(({ key, value }) => ({ key, ...couponMessage.parse(JSON.parse(value)) }));

  it('takes its turn in the log of the coupon, with who and why', async () => {
    await pauseCoupon(ports())(asked)();
    await resumeCoupon(ports())({ ...asked, requestId: 'op-2' })();
    await changeQuantity(ports())({ ...asked, requestId: 'op-3', quantity: 7 })();
    const said = { key: 'spring', couponId: 'spring', actor: 'olga', reason: 'the shop is slow', timestamp: 1_000 };
    expect(logged()).toMatchObject([
      { ...said, eventType: 'COUPON_PAUSE_REQUESTED', requestId: 'op-1' },
      { ...said, eventType: 'COUPON_RESUME_REQUESTED', requestId: 'op-2' },
      { ...said, eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', requestId: 'op-3', quantity: 7 },
    ]);
  });

  it('is answered when queries see what became of it', async () => {
    expect(await pauseCoupon(ports())(asked)()).toEqual(E.right({ requestId: 'op-1' }));
    expect(awaited).toMatchObject([{ couponId: 'spring', actor: 'olga', requestId: 'op-1' }]);
    const { requestId: _, ...without } = asked;
    expect(await pauseCoupon(ports())(without)()).toEqual(E.right({ requestId: 'made' }));
  });

  it('is the same message when it is repeated', async () => {
    await pauseCoupon(ports())(asked)();
    await pauseCoupon(ports())(asked)();
    const [first, second] = logged();
    expect(second).toEqual(first);
  });

  it('says why it led to nothing', async () => {
    const below = ports(TE.right({ result: 'Rejected', code: 'QUANTITY_BELOW_ISSUED' }));
    const answer = await changeQuantity(below)({ ...asked, quantity: 1 })();
    expect(answer).toEqual(E.left({ code: 'QUANTITY_BELOW_ISSUED' }));
  });

  it('can be repeated with its id when nobody sees yet what became of it', async () => {
    const unseen = ports(TE.left('NotYetVisible'));
    expect(await pauseCoupon(unseen)(asked)()).toEqual(E.left({ code: 'OUTCOME_UNKNOWN', requestId: 'op-1' }));
  });

  it('is waited for all the same when it may be in the log', async () => {
    log.failNextPublish = 'PublishOutcomeUnknown';
    expect(await pauseCoupon(ports())(asked)()).toEqual(E.right({ requestId: 'op-1' }));
  });

  it.each([
    ['PublishFailed', 'UNAVAILABLE'],
    ['LogOverloaded', 'OVERLOADED'],
  ] as const)('was not asked for when the log answers %s', async (failure, code) => {
    log.failNextPublish = failure;
    expect(await pauseCoupon(ports())(asked)()).toEqual(E.left({ code }));
    expect(awaited).toEqual([]);
  });
});
