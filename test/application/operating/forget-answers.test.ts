import { option as O } from 'fp-ts';
import { issueStatusOf } from '../../../src/application/coupon/issue-status-of.js';
import { issueStatus } from '../../../src/application/coupon/issue-status.js';
import { liveBuild, projectionOf } from '../../../src/application/kernel/projection/projection.js';
import { rebuildProjection } from '../../../src/application/kernel/projection/rebuild-projection.js';
import { verifyProjection } from '../../../src/application/kernel/projection/verify-projection.js';
import { allOutcomesView } from '../../../src/application/operating/all-projections.js';
import { forgetIn, forgetOldAnswers } from '../../../src/application/operating/forget-answers.js';
import { type CouponEvent } from '../../../src/domain/coupon/events.js';
import { answerOf, rightOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { inMemoryLeases } from '../../support/in-memory/leases.js';
import { recordingLog, wallClock } from '../../support/in-memory/quiet.js';
import { AT, created, issuedTo, rejected, sale } from '../coupon/queries/sale.js';

const HOUR = 3_600_000;

/** The events are recorded now; this is what a clock shows that is ahead by so much. */
const inAnHour = { ...wallClock, now: () => wallClock.now() + HOUR };

const ended: CouponEvent = { type: 'CouponSaleClosed', couponId: 'c1', eventId: 'e1', requestId: 'r-end', at: AT };

/** Ana holds the coupon and Ben was too late; the views have seen everything. */
const sold = async (...more: ReadonlyArray<CouponEvent>) => {
  const { ports, happened, start } = sale();
  const running = await start();
  await happened([created(1), issuedTo('ana', 1), rejected('ben', 'OUT_OF_STOCK'), ...more]);
  const answers = async (): Promise<number> => {
    const live = liveBuild(allOutcomesView, rightOf(await ports.readModels.builds(allOutcomesView.name)()));
    if (O.isNone(live)) return -1;
    return rightOf(await ports.readModels.scan(live.value, null, 100)()).items.length;
  };
  await eventually(async () => expect(await answers()).toBe(2));
  const forget = (keptMs: number) =>
    answerOf(forgetOldAnswers({ readModels: ports.readModels, clock: inAnHour, keptMs })());
  return { ports, running, answers, forget };
};

describe('The answers to requests', () => {
  it('are kept as long as the coupon can still be asked for, however old they are', async () => {
    const { running, answers, forget } = await sold();
    expect(await forget(1_000)).toBe(0);
    expect(await answers()).toBe(2);
    await running.stop();
  });

  it('are dropped some time after the coupon closed, and not before', async () => {
    const { running, answers, forget } = await sold(ended);
    expect(await forget(2 * HOUR)).toBe(0);
    expect(await answers()).toBe(2);
    expect(await forget(1_000)).toBe(2);
    expect(await answers()).toBe(0);
    await running.stop();
  });

  it('say to a holder that asks after that what they have always said, and to others that there is none', async () => {
    const { ports, running, forget } = await sold(ended);
    await forget(1_000);
    const held = { status: 'SUCCESS', requestId: 'r-ana', couponId: 'c1', userId: 'ana', place: 1 };
    const asked = { requestId: 'r-ana', userId: 'ana' };
    expect(rightOf(await issueStatus(ports)(asked)())).toMatchObject(held);
    expect(rightOf(await issueStatus(ports)({ ...asked, couponId: 'c1' })())).toMatchObject(held);
    expect(rightOf(await issueStatusOf(ports)('c1', 'ana')())).toEqual({ status: 'ISSUED', requestId: 'r-ana' });
    const missing = { left: { code: 'REQUEST_NOT_FOUND' } };
    expect(await issueStatus(ports)({ requestId: 'r-ana', userId: 'ben' })()).toMatchObject(missing);
    expect(await issueStatus(ports)({ requestId: 'r-ben', userId: 'ben', couponId: 'c1' })()).toMatchObject(missing);
    await running.stop();
  });

  it('that were dropped are no difference to a fresh fold, and do not come back with a rebuild', async () => {
    const { ports, running, answers, forget } = await sold(ended);
    await forget(1_000);
    const kernel = { ...ports, log: recordingLog(), leases: inMemoryLeases() };
    const projection = projectionOf(allOutcomesView);
    expect(rightOf(await verifyProjection(kernel)(projection)())).toMatchObject({ verdict: 'FAIL', differing: 2 });
    const knowing = { ...kernel, forget: forgetIn({ readModels: ports.readModels, clock: inAnHour, keptMs: 1_000 }) };
    expect(rightOf(await verifyProjection(knowing)(projection)())).toMatchObject({ verdict: 'PASS' });
    const rebuilt = rightOf(await rebuildProjection(knowing)(projection, { verify: true })());
    expect(rebuilt.comparison).toMatchObject({ differing: 0 });
    expect(await answers()).toBe(0);
    await running.stop();
  });
});
