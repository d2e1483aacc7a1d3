import { couponRequestMessage } from '../../../../src/application/coupon/coupon-request-message.js';
import { type CouponVerified, verifyCoupon } from '../../../../src/application/coupon/audit/verify-coupon.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../../../src/application/kernel/messaging/topics.js';
import { AT, created, enlarged, issuedTo, paused, rejected, sale } from './sale.js';
import { operates } from '../../../support/world/coupon-log.js';
import { rightOf } from '../../../support/answer-of.js';

const accepted = (userId: string, requestId = `r-${userId}`) =>
  couponRequestMessage({ couponId: 'c1', userId, requestId, at: AT }, { correlationId: 'test' });

const failing = ({ checks }: CouponVerified): ReadonlyArray<string> =>
  checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);

const verdictOn = async (...events: Parameters<ReturnType<typeof sale>['happened']>) => {
  const { ports, happened } = sale();
  await happened(...events);
  return rightOf(await verifyCoupon(ports)('c1')());
};

describe('The verdict on a sale', () => {
  it('is PASS when everybody got what was theirs', async () => {
    const { ports, messageLog, happened } = sale();
    for (const user of ['ana', 'ben', 'cho'])
      rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, accepted(user))());
    rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, { ...accepted('dan'), value: 'no JSON' })());
    messageLog.commitAll(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP);
    rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, accepted('eve'))());
    await happened(
      [
        created(2),
        issuedTo('ana', 1),
        issuedTo('ben', 2),
        rejected('cho', 'OUT_OF_STOCK'),
        rejected(null, 'UNPROCESSABLE', 'r-dan'),
        paused('p1'),
        enlarged(3, 'q1'),
      ],
      (index) => ({ source: { topic: COUPON_ISSUE_REQUESTS, partition: 0, offset: index } }),
    );
    const progress: number[] = [];
    const verified = rightOf(await verifyCoupon(ports)('c1', (done) => progress.push(done))());
    expect(failing(verified)).toEqual([]);
    expect(verified).toMatchObject({ verdict: 'PASS', quantity: 3, issued: 2, rejected: 2 });
    expect(progress).toEqual([5, 2, 5]);
  });

  it('is FAIL when more were issued than there were', async () => {
    const verified = await verdictOn([created(1), issuedTo('ana', 1), issuedTo('ben', 2), enlarged(5, 'q1')]);
    expect(verified.verdict).toBe('FAIL');
    expect(failing(verified)).toEqual(['issued never exceeds the quantity, at any moment: ben got number 2 of 1']);
  });

  it('is FAIL when somebody got two', async () => {
    const verified = await verdictOn([created(5), issuedTo('ana', 1), issuedTo('ana', 2, 'r-again')]);
    expect(failing(verified)).toEqual(['one per user: ana got one for r-ana and for r-again']);
  });

  it('is FAIL when a place was left out', async () => {
    const verified = await verdictOn([created(5), issuedTo('ana', 1), issuedTo('ben', 3), issuedTo('cho', 4)]);
    expect(failing(verified)).toEqual(['places are 1, 2, 3 … without gaps: ben got place 3 as number 2 (and 1 more)']);
  });

  it('is FAIL when somebody was served before those accepted earlier', async () => {
    const offsets = [0, 7, 6];
    const verified = await verdictOn([created(5), issuedTo('ana', 1), issuedTo('ben', 2)], (index) => ({
      source: { topic: 'requests', partition: 0, offset: offsets[index] ?? 0 },
    }));
    expect(failing(verified)).toEqual([
      'issued in the order of acceptance: place 2 was accepted at requests/0@6, after one accepted at 7',
    ]);
  });

  it('is FAIL when an answer changed', async () => {
    const verified = await verdictOn([created(5), issuedTo('ana', 1), rejected('ana', 'ABANDONED')]);
    expect(failing(verified)).toEqual([
      'no request is both issued and rejected: r-ana of ana was issued, and rejected with ABANDONED',
    ]);
  });

  it('is PASS when somebody whose lost request was given up asked again', async () => {
    const verified = await verdictOn([created(5), rejected('ana', 'ABANDONED'), issuedTo('ana', 1)]);
    expect(failing(verified)).toEqual([]);
  });

  it('is FAIL when somebody who was accepted never got an answer', async () => {
    const { ports, messageLog, happened } = sale();
    rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, accepted('ana'))());
    messageLog.commitAll(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP);
    await happened([created(5)]);
    const verified = rightOf(await verifyCoupon(ports)('c1')());
    expect(failing(verified)).toEqual(['every accepted request is answered: r-ana of ana, at 0@0']);
  });

  it('is FAIL when only the answer to an operator could be the answer to a user with the same request id', async () => {
    const { ports, messageLog, happened } = sale();
    rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, accepted('ben', '7'))());
    messageLog.commitAll(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP);
    await happened([created(2), issuedTo('ana', 1), rejected(null, 'QUANTITY_BELOW_ISSUED', '7'), paused('7')]);
    const verified = rightOf(await verifyCoupon(ports)('c1')());
    expect(failing(verified)).toEqual(['every accepted request is answered: 7 of ben, at 0@0']);
  });

  it('tells of operators who used an id again for something else: they were refused', async () => {
    const { ports, messageLog, happened } = sale();
    const operate = (eventType: 'COUPON_PAUSE_REQUESTED' | 'COUPON_RESUME_REQUESTED') =>
      operates({ eventType }, { couponId: 'c1', requestId: 'x' });
    rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, operate('COUPON_PAUSE_REQUESTED'))());
    rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, operate('COUPON_RESUME_REQUESTED'))());
    messageLog.commitAll(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP);
    await happened([created(2), paused('x')]);
    const { verdict, checks } = rightOf(await verifyCoupon(ports)('c1')());
    expect(verdict).toBe('PASS');
    expect(checks.at(-1)).toMatchObject({
      detail: '2 requests in the log, 1 under an id used before for something else',
    });
  });

  it('reads a long stream to its end', async () => {
    const users = Array.from({ length: 2_500 }, (_, index) => issuedTo(`u${index + 1}`, index + 1));
    expect(await verdictOn([created(2_500), ...users])).toMatchObject({ verdict: 'PASS', issued: 2_500 });
  });

  it('cannot be given on a coupon that does not exist, or while the events are away', async () => {
    const { ports, eventStore } = sale();
    expect(await verifyCoupon(ports)('c1')()).toMatchObject({ left: { code: 'COUPON_NOT_FOUND' } });
    eventStore.unavailable = true;
    expect(await verifyCoupon(ports)('c1')()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
  });
});
