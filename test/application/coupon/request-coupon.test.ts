import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { embeddedGate } from '../../../src/adapters/embedded/gate/embedded-gate.js';
import { requestCoupon } from '../../../src/application/coupon/request-coupon.js';
import { type TakeUnguarded } from '../../../src/application/coupon/unguarded-places.js';
import { COUPON_ISSUE_REQUESTS } from '../../../src/application/kernel/messaging/topics.js';
import { type AdmissionGate } from '../../../src/application/ports/admission-gate.js';
import { type Promised } from '../../../src/application/kernel/history/issue-receipts.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { movedClock } from '../../support/moved-clock.js';

const terms = {
  revision: 0,
  quantity: 1,
  opensAt: null,
  closesAt: null,
  status: 'Issuing',
  sale: 'Open',
  holders: [],
} as const;

describe('asking for a coupon', () => {
  const clock = movedClock();
  let log: InMemoryMessageLog;
  let gate: AdmissionGate;
  let unguarded: Awaited<ReturnType<TakeUnguarded>>;
  let promised: Promised[];
  const issueReceipt = async (what: Promised): Promise<string> => {
    promised.push(what);
    return `receipt of ${what.userId}`;
  };
  beforeEach(() => {
    log = new InMemoryMessageLog();
    promised = [];
    unguarded = 'Go';
    gate = embeddedGate({ load: (couponId) => TE.right(O.some({ couponId, ...terms })), clock });
  });
  const ask = (userId: string, requestId = `request-of-${userId}`, at = gate) =>
    requestCoupon({
      gate: at,
      log,
      clock,
      ids: { next: () => 'made' },
      issueReceipt,
      unguarded: async () => unguarded,
    })({
      couponId: 'spring',
      userId,
      requestId,
      correlationId: 'c',
    })();
  const accepted = (userId: string) =>
    E.right({ requestId: `request-of-${userId}`, couponId: 'spring', userId, receipt: `receipt of ${userId}` });
  const published = () => log.messages(COUPON_ISSUE_REQUESTS).length;

  it('is accepted with a place, and turned away without one before anything is logged', async () => {
    expect(await ask('ana')).toStrictEqual(accepted('ana'));
    expect(await ask('ben')).toStrictEqual(E.left({ code: 'SOLD_OUT' }));
    expect(published()).toBe(1);
    const place = { topic: COUPON_ISSUE_REQUESTS, partition: 0, offset: 0 };
    expect(promised).toMatchObject([
      { accepted: 'COUPON_REQUEST', requestId: 'request-of-ana', userId: 'ana', ...place },
    ]);
  });

  it('is accepted again when repeated, and names the first when it is another', async () => {
    await ask('ana');
    expect(await ask('ana')).toStrictEqual(accepted('ana'));
    expect(await ask('ana', 'another')).toStrictEqual(
      E.left({ code: 'ALREADY_REQUESTED', requestId: 'request-of-ana' }),
    );
  });

  it.each([
    ['PublishFailed', 'UNAVAILABLE'],
    ['LogOverloaded', 'OVERLOADED'],
  ] as const)('gives the place back when the log answers %s', async (failure, code) => {
    log.failNextPublish = failure;
    expect(await ask('ana')).toStrictEqual(E.left({ code }));
    expect(await ask('ben')).toStrictEqual(accepted('ben'));
  });

  it('keeps the place when it may be in the log, and is accepted when repeated', async () => {
    log.failNextPublish = 'PublishOutcomeUnknown';
    expect(await ask('ana')).toStrictEqual(E.left({ code: 'OUTCOME_UNKNOWN', requestId: 'request-of-ana' }));
    expect(await ask('ben')).toStrictEqual(E.left({ code: 'SOLD_OUT' }));
    expect(await ask('ana')).toStrictEqual(accepted('ana'));
  });

  it('is not accepted while an earlier try may be given up: who is told so is decided on the merits', async () => {
    log.failNextPublish = 'PublishFailed';
    await ask('ana', undefined, { ...gate, release: () => TE.left('GateUnavailable') });
    clock.move(25_000);
    expect(await ask('ana')).toStrictEqual(E.left({ code: 'OUTCOME_UNKNOWN', requestId: 'request-of-ana' }));
    expect(published()).toBe(0);
    await gate.apply([{ change: 'Rejected', couponId: 'spring', userId: 'ana', requestId: 'request-of-ana' }])();
    expect(await ask('ana')).toStrictEqual(accepted('ana'));
  });

  it('keeps the place of an accepted request when publishing it a second time fails', async () => {
    await ask('ana');
    log.failNextPublish = 'PublishFailed';
    await ask('ana');
    expect(await ask('ben')).toStrictEqual(E.left({ code: 'SOLD_OUT' }));
  });

  it('goes on through the log when the gate is away', async () => {
    const away: AdmissionGate = { ...gate, reserve: () => TE.left('GateUnavailable') };
    expect(await ask('ana', undefined, away)).toStrictEqual(accepted('ana'));
    expect(published()).toBe(1);
  });

  it.each([
    ['Full', 'OVERLOADED'],
    ['SoldOut', 'SOLD_OUT'],
    ['NotFound', 'COUPON_NOT_FOUND'],
  ] as const)('is not accepted without the gate when the places are %s', async (places, code) => {
    const away: AdmissionGate = { ...gate, reserve: () => TE.left('GateUnavailable') };
    unguarded = places;
    expect(await ask('ana', undefined, away)).toStrictEqual(E.left({ code }));
    expect(published()).toBe(0);
  });
});
