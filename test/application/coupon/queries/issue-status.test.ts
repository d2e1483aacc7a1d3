import { jest } from '@jest/globals';
import { taskEither as TE } from 'fp-ts';
import { type SetAside } from '../../../../src/application/coupon/set-aside.js';
import { couponById } from '../../../../src/application/coupon/coupon-by-id.js';
import { type LivePage } from '../../../../src/application/kernel/projection/live-reader.js';
import { type CouponOfUser, couponsOfUser } from '../../../../src/application/coupon/coupons-of-user.js';
import { issueStatusOf } from '../../../../src/application/coupon/issue-status-of.js';
import { issueStatus } from '../../../../src/application/coupon/issue-status.js';
import { couponOutcomes } from '../../../../src/application/coupon/coupon-outcomes.js';
import { couponRejectionsStream, couponStream } from '../../../../src/application/coupon/coupon-aggregate.js';
import { userCouponsView } from '../../../../src/application/coupon/user-coupons.js';
import { couponsView } from '../../../../src/application/coupon/coupons.js';
import { awaitVisibleIn } from '../../../../src/application/kernel/projection/await-visible.js';
import { eventually } from '../../../support/eventually.js';
import { wallClock } from '../../../support/in-memory/quiet.js';
import { AT, created, enlarged, issuedTo, paused, rejected, sale } from './sale.js';
import { couponRequestMessage } from '../../../../src/application/coupon/coupon-request-message.js';
import {
  COUPON_ISSUE_GROUP,
  COUPON_ISSUE_REQUESTS,
  topics,
} from '../../../../src/application/kernel/messaging/topics.js';
import { answerOf, rightOf } from '../../../support/answer-of.js';
import { stoppedClock } from '../../../support/stopped-clock.js';

const ana = { couponId: 'c1', userId: 'ana', requestId: 'r-ana', at: AT };

describe('The status of a request', () => {
  it('is processing while it is only accepted, and final once it is decided', async () => {
    const { ports, gate, happened, start } = sale();
    const running = await start();
    gate.holds(ana);
    expect(rightOf(await issueStatus(ports)({ requestId: 'r-ana' })())).toMatchObject({
      status: 'PROCESSING',
      userId: 'ana',
    });
    await happened([created(1), issuedTo('ana', 1)]);
    await eventually(async () =>
      expect(rightOf(await issueStatus(ports)({ requestId: 'r-ana' })())).toMatchObject({
        status: 'SUCCESS',
        place: 1,
      }),
    );
    await running.stop();
  });

  it('is processing again when what was given up is asked again, and then whatever is decided', async () => {
    const { ports, gate, happened, start } = sale();
    const running = await start();
    const asked = [{ requestId: 'r-ana' }, { requestId: 'r-ana', couponId: 'c1', userId: 'ana' }];
    const statuses = () => Promise.all(asked.map(async (each) => rightOf(await issueStatus(ports)(each)()).status));
    await happened([created(1), rejected('ana', 'ABANDONED')]);
    await eventually(async () => expect(await statuses()).toEqual(['FAILED', 'FAILED']));
    gate.holds(ana);
    expect(await statuses()).toEqual(['PROCESSING', 'PROCESSING']);
    expect(rightOf(await issueStatusOf(ports)('c1', 'ana')())).toEqual({ status: 'PENDING', requestId: 'r-ana' });
    await happened([issuedTo('ana', 1)]);
    gate.forgets('r-ana');
    await eventually(async () => expect(await statuses()).toEqual(['SUCCESS', 'SUCCESS']));
    await running.stop();
  });

  it('is not found only when it was never accepted', async () => {
    const { ports, start } = sale();
    const running = await start();
    expect(await issueStatus(ports)({ requestId: 'r-nobody' })()).toMatchObject({
      left: { code: 'REQUEST_NOT_FOUND' },
    });
    await running.stop();
  });

  it('is found while it stands in the log, though the gate lost its memory before it was published', async () => {
    const { ports, messageLog, happened, start } = sale();
    const running = await start();
    await happened([created(1)]);
    await answerOf(messageLog.ensureTopics(topics(1)));
    const asked = [{ requestId: 'r-ana' }, { requestId: 'r-ana', couponId: 'c1', userId: 'ana' }];
    const statuses = () => Promise.all(asked.map((each) => issueStatus(ports)(each)()));
    const notFound = { left: { code: 'REQUEST_NOT_FOUND' } };
    expect(await statuses()).toMatchObject([notFound, notFound]);
    await answerOf(messageLog.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(ana, { correlationId: 'test' })));
    const processing = { right: { status: 'PROCESSING', userId: 'ana', couponId: 'c1' } };
    expect(await statuses()).toMatchObject([processing, processing]);
    messageLog.commitAll(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP);
    await happened([issuedTo('ana', 1)]);
    expect(await statuses()).toMatchObject([{ right: { status: 'SUCCESS' } }, { right: { status: 'SUCCESS' } }]);
    await running.stop();
  });

  it('is found in the log also while the views are far behind', async () => {
    const { ports, messageLog, happened, start } = sale();
    const running = await start();
    await happened([created(1)]);
    await running.stop();
    await happened([issuedTo('ben', 1)]);
    await answerOf(messageLog.ensureTopics(topics(1)));
    await answerOf(messageLog.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(ana, { correlationId: 'test' })));
    const { clock } = ports;
    const hurried = {
      ...clock,
      elapsed: () => 100 * clock.elapsed(),
      wakeIn: (ms: number, wake: () => void) => clock.wakeIn(ms / 100, wake),
    };
    for (const asked of [{ requestId: 'r-ana' }, { requestId: 'r-ana', couponId: 'c1', userId: 'ana' }])
      expect(await issueStatus({ ...ports, clock: hurried })(asked)()).toMatchObject({
        right: { status: 'PROCESSING' },
      });
  });

  it('is answered without a search of the log when it was decided a moment ago', async () => {
    const { ports, messageLog, happened, start } = sale();
    const running = await start();
    const read = jest.spyOn(messageLog, 'read');
    const lag = jest.spyOn(messageLog, 'lag');
    await happened([created(1), issuedTo('ana', 1)]);
    for (const asked of [{ requestId: 'r-ana' }, { requestId: 'r-ana', couponId: 'c1', userId: 'ana' }])
      expect(rightOf(await issueStatus(ports)(asked)())).toMatchObject({ status: 'SUCCESS' });
    expect(read.mock.calls.length + lag.mock.calls.length).toBe(0);
    await running.stop();
  });

  it('is unavailable rather than unknown while more waits in the log than is looked through for it', async () => {
    const { ports, messageLog, start } = sale();
    const running = await start();
    await answerOf(messageLog.ensureTopics(topics(1)));
    for (let n = 0; n <= 5_000; n += 1) {
      const other = { ...ana, userId: `u${n}`, requestId: `r-u${n}` };
      await answerOf(messageLog.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(other, { correlationId: 'test' })));
    }
    expect(await issueStatus(ports)({ requestId: 'r-ana' })()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
    await running.stop();
  });

  it('is found though it is decided between the look at the read model and the look at the gate', async () => {
    const { ports, gate, happened, start } = sale();
    const running = await start();
    await happened([created(100)]);
    for (let place = 1; place <= 30; place++) {
      const admission = { ...ana, userId: `u${place}`, requestId: `r-u${place}` };
      gate.holds(admission);
      const decideMeanwhile = {
        ...gate,
        pending: (requestId: string) => async () => {
          await happened([issuedTo(`u${place}`, place)]);
          gate.forgets(requestId);
          return gate.pending(requestId)();
        },
      };
      const status = await issueStatus({ ...ports, gate: decideMeanwhile })({ requestId: admission.requestId })();
      expect(status).toMatchObject({ right: { status: 'SUCCESS', place } });
    }
    await running.stop();
  });

  it('is unavailable, not unknown, while the gate is away or the views stand still', async () => {
    const { ports, gate, happened, start, readModels } = sale();
    const running = await start();
    gate.state.unavailable = true;
    expect(await issueStatus(ports)({ requestId: 'r-ana' })()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
    gate.state.unavailable = false;
    await running.stop();
    await happened([created(1), issuedTo('ana', 1)]);
    expect(await issueStatus(ports)({ requestId: 'r-ana' })()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
    readModels.unavailable = true;
    expect(await issueStatus(ports)({ requestId: 'r-ana' })()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
  });

  it('is being processed while it is set aside, though a gate that was wiped has forgotten it', async () => {
    const { ports, start } = sale();
    const running = await start();
    const asked = { requestId: 'r-ana', couponId: 'c1', userId: 'ana' };
    const isAnas: SetAside = TE.right(({ requestId }) => TE.right(requestId === 'r-ana'));
    const status = issueStatus({ ...ports, setAside: isAnas });
    expect(rightOf(await status(asked)())).toMatchObject({ ...asked, status: 'PROCESSING', processedAt: null });
    expect(await status({ ...asked, requestId: 'r-ben' })()).toMatchObject({ left: { code: 'REQUEST_NOT_FOUND' } });
    const nobodyKnows = issueStatus({ ...ports, setAside: TE.left('AnswerUnavailable') });
    expect(await nobodyKnows(asked)()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
    await running.stop();
  });

  it.each([couponStream('c1'), couponRejectionsStream('c1')])(
    'is unavailable, not unknown, while the view of answers passes over %s',
    async (stream) => {
      const { ports, parks, start } = sale();
      const running = await start();
      await parks(couponOutcomes, stream);
      const asked = [{ requestId: 'r-ana' }, { requestId: 'r-ana', couponId: 'c1', userId: 'ana' }];
      const unavailable = { left: { code: 'UNAVAILABLE' } };
      for (const each of asked)
        await eventually(async () => expect(await issueStatus(ports)(each)()).toMatchObject(unavailable));
      const ofAnother = { requestId: 'r-ana', couponId: 'c2', userId: 'ana' };
      const unknown = { left: { code: 'REQUEST_NOT_FOUND' } };
      await eventually(async () => expect(await issueStatus(ports)(ofAnother)()).toMatchObject(unknown));
      await running.stop();
    },
  );

  it('is told by its id alone, though the view of answers passes over another coupon', async () => {
    const { ports, parks, happened, start } = sale();
    await happened([created(1), issuedTo('ana', 1)]);
    const running = await start();
    await parks(couponOutcomes, couponStream('c2'));
    const told = await eventually(async () => rightOf(await issueStatus(ports)({ requestId: 'r-ana' })()));
    expect(told).toMatchObject({ status: 'SUCCESS', place: 1 });
    await running.stop();
  });

  it.each([
    ['OUT_OF_STOCK', 'OUT_OF_STOCK'],
    ['ALREADY_ISSUED', 'ALREADY_ISSUED'],
    ['PAUSED', 'FAILED'],
    ['ABANDONED', 'FAILED'],
    ['UNPROCESSABLE', 'FAILED'],
  ] as const)('tells of a rejection %s as %s', async (code, status) => {
    const { ports, happened, start } = sale();
    await happened([rejected('ana', code)]);
    const running = await start();
    expect(rightOf(await issueStatus(ports)({ requestId: 'r-ana' })())).toMatchObject({ status, code });
    await running.stop();
  });

  it('can be waited for', async () => {
    const { ports, gate, happened, start } = sale();
    const running = await start();
    gate.holds(ana);
    const waiting = issueStatus(ports)({ requestId: 'r-ana' }, { waitMs: 30_000 })();
    await happened([created(1), issuedTo('ana', 1)]);
    expect(rightOf(await waiting)).toMatchObject({ status: 'SUCCESS' });
    await running.stop();
  });

  /** Somebody waits for a request that is pending, and has looked once for its outcome since. */
  const waitedFor = async ({ ports, gate, messageLog, happened, readModels }: ReturnType<typeof sale>) => {
    await answerOf(messageLog.ensureTopics(topics(1)));
    await happened([created(1)]);
    gate.holds(ana);
    const looks = jest.spyOn(readModels, 'served');
    const isPending = jest.fn(gate.isPending);
    const patient = { ...ports, gate: { ...gate, isPending } };
    const status = issueStatus(patient)({ requestId: 'r-ana' }, { waitMs: 30_000 })();
    await eventually(() => expect(looks).toHaveBeenCalled());
    return { status, isPending };
  };

  it('is told by the view alone when it is decided while somebody waits', async () => {
    const world = sale();
    const running = await world.start();
    const { status, isPending } = await waitedFor(world);
    await world.happened([issuedTo('ana', 1)]);
    expect(rightOf(await status)).toMatchObject({ status: 'SUCCESS' });
    expect(isPending).not.toHaveBeenCalled();
    await running.stop();
  });

  it('is told to be unknown when it was taken back before it was published, long before the wait is over', async () => {
    const world = sale();
    const running = await world.start();
    const began = performance.now();
    const { status } = await waitedFor(world);
    world.gate.forgets('r-ana');
    expect(await status).toMatchObject({ left: { code: 'REQUEST_NOT_FOUND' } });
    expect(performance.now() - began).toBeLessThan(15_000);
    await running.stop();
  });
});

describe('What became of a user’s wish', () => {
  it('goes from not requested over pending to issued', async () => {
    const { ports, gate, happened, start } = sale();
    const running = await start();
    const status = issueStatusOf(ports)('c1', 'ana');
    expect(rightOf(await status())).toEqual({ status: 'NOT_REQUESTED' });
    gate.holds(ana);
    expect(rightOf(await status())).toEqual({ status: 'PENDING', requestId: 'r-ana' });
    await happened([created(1), issuedTo('ana', 1)]);
    await eventually(async () => expect(rightOf(await status())).toEqual({ status: 'ISSUED', requestId: 'r-ana' }));
    await running.stop();
  });

  it('is issued, though the user asked again afterwards and was told he has it', async () => {
    const { ports, happened, start } = sale();
    await happened([created(1), issuedTo('ana', 1), rejected('ana', 'ALREADY_ISSUED', 'r-again')]);
    const running = await start();
    expect(rightOf(await issueStatusOf(ports)('c1', 'ana')())).toEqual({ status: 'ISSUED', requestId: 'r-ana' });
    await running.stop();
  });

  it('is pending again when the user asks again after a failure', async () => {
    const { ports, gate, happened, start } = sale();
    await happened([created(1), rejected('ana', 'PAUSED', 'r-first'), rejected('ana', 'PAUSED', 'r-second')]);
    const running = await start();
    expect(rightOf(await issueStatusOf(ports)('c1', 'ana')())).toEqual({
      status: 'FAILED',
      requestId: 'r-second',
      code: 'PAUSED',
    });
    gate.holds(ana);
    expect(rightOf(await issueStatusOf(ports)('c1', 'ana')())).toEqual({ status: 'PENDING', requestId: 'r-ana' });
    await running.stop();
  });

  it('is unavailable, not unasked for, while the views stand still', async () => {
    const { ports, happened, start } = sale();
    const running = await start();
    await running.stop();
    await happened([created(1), issuedTo('ana', 1)]);
    expect(await issueStatusOf(ports)('c1', 'ana')()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
  });

  it.each([couponOutcomes, userCouponsView])(
    'is unavailable, not unasked for, while the view $name passes over the coupon',
    async (view) => {
      const { ports, parks, start } = sale();
      const running = await start();
      await parks(view, couponStream('c1'));
      const unavailable = { left: { code: 'UNAVAILABLE' } };
      await eventually(async () => expect(await issueStatusOf(ports)('c1', 'ana')()).toMatchObject(unavailable));
      expect(rightOf(await issueStatusOf(ports)('c2', 'ana')())).toEqual({ status: 'NOT_REQUESTED' });
      await running.stop();
    },
  );

  it('is failed when the request could not even be read', async () => {
    const { ports, gate, happened, start } = sale();
    await happened([rejected(null, 'UNPROCESSABLE', 'r-ana')]);
    const running = await start();
    gate.holds(ana);
    expect(rightOf(await issueStatusOf(ports)('c1', 'ana')())).toEqual({
      status: 'FAILED',
      requestId: 'r-ana',
      code: 'UNPROCESSABLE',
    });
    await running.stop();
  });
});

describe('A coupon', () => {
  it.each([
    ['SCHEDULED', [created(1, { opensAt: AT + 10 })]],
    ['OPEN', [created(1, { opensAt: AT, closesAt: AT + 1 })]],
    ['CLOSED', [created(1, { closesAt: AT }), paused('p1')]],
    ['CLOSED', [created(1, { usableUntil: AT })]],
    ['PAUSED', [created(1), issuedTo('ana', 1), paused('p1')]],
    ['SOLD_OUT', [created(1), issuedTo('ana', 1)]],
    ['OPEN', [created(1), issuedTo('ana', 1), enlarged(2, 'q1')]],
  ] as const)('is %s by its events and the clock', async (status, events) => {
    const { readModels, happened, start } = sale();
    await happened(events);
    const running = await start();
    const clock = stoppedClock(() => AT);
    expect(rightOf(await couponById({ readModels, clock })('c1')())).toMatchObject({ status });
    expect(await couponById({ readModels, clock })('c2')()).toMatchObject({ left: { code: 'COUPON_NOT_FOUND' } });
    await running.stop();
  });

  it('can be asked for by whoever created it', async () => {
    const { ports, happened, start } = sale();
    const running = await start();
    const position = await happened([created(5)]);
    rightOf(await awaitVisibleIn(ports, 5_000)(couponsView)(position, 'c1')());
    expect(rightOf(await couponById(ports)('c1')())).toMatchObject({ issued: 0, remaining: 5 });
    await running.stop();
  });
});

describe('The coupons of a user', () => {
  it('come with their terms, and run out when the window is over', async () => {
    const { readModels, happened, start } = sale();
    await happened([created(1, { closesAt: AT + 10 }), issuedTo('ana', 1)]);
    const running = await start();
    const at = (now: number) => ({ readModels, clock: stoppedClock(() => now) });
    const page = rightOf(await couponsOfUser(at(AT))({ userId: 'ana', limit: 10 })());
    expect(page).toMatchObject({
      items: [{ couponId: 'c1', name: 'Half price', status: 'AVAILABLE' }],
      nextCursor: null,
    });
    const later = rightOf(await couponsOfUser(at(AT + 10))({ userId: 'ana', limit: 10 })());
    expect(later.items[0]?.status).toBe('EXPIRED');
    expect(rightOf(await couponsOfUser(at(AT))({ userId: 'ben', limit: 10 })()).items).toEqual([]);
    const garbage = await couponsOfUser(at(AT))({ userId: 'ana', limit: 10, cursor: 'garbage' })();
    expect(garbage).toMatchObject({ left: { code: 'INVALID_CURSOR' } });
    await running.stop();
  });

  it('come page by page in the order in which they were issued, whatever they are called, and nobody else’s', async () => {
    const { readModels, happened, start } = sale();
    const couponIds = Array.from({ length: 50 }, (_, n) => `c${(n * 37) % 100}`);
    for (const couponId of couponIds) {
      await happened([{ ...created(9), couponId }]);
      for (const [userId, place] of [['ana', 1] as const, ['an', 2] as const, ['ana-b', 3] as const])
        await happened([{ ...issuedTo(userId, place, `${couponId}-${userId}`), couponId }]);
    }
    const running = await start();
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const request = { userId: 'ana', limit: 7, ...(cursor !== '' && { cursor }) };
      const page: LivePage<CouponOfUser> = rightOf(await couponsOfUser({ readModels, clock: wallClock })(request)());
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(...page.items.map(({ couponId }) => couponId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(couponIds);
    await running.stop();
  });
});
