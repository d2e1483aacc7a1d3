import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { embeddedGate } from '../../../src/adapters/embedded/gate/embedded-gate.js';
import { couponRejectionsStream, couponStream } from '../../../src/application/coupon/coupon-aggregate.js';
import { couponRequestMessage } from '../../../src/application/coupon/coupon-request-message.js';
import { keepGate } from '../../../src/application/coupon/keep-gate.js';
import { loadGateState } from '../../../src/application/coupon/load-gate-state.js';
import { type FinalAnswer, releaseLeaked } from '../../../src/application/coupon/release-leaked.js';
import { type SetAside } from '../../../src/application/coupon/set-aside.js';
import { restorePending } from '../../../src/application/coupon/restore-pending.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../../src/application/kernel/messaging/topics.js';
import { type Admission, type AdmissionGate } from '../../../src/application/ports/admission-gate.js';
import { type EventBody, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { type CouponEvent, type CouponIssued, type CouponPaused } from '../../../src/domain/coupon/events.js';
import { type CouponRequestRejected } from '../../../src/domain/coupon-rejections/events.js';
import { created } from '../../domain/coupon/language.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { running } from '../../support/running.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../support/in-memory/quiet.js';
import { stoppedClock } from '../../support/stopped-clock.js';

const T0 = Date.UTC(2026, 0, 1);
const asks = (userId: string, at = T0): Admission => ({ couponId: 'spring', userId, requestId: `r-${userId}`, at });
const issued = (userId: string, place: number): CouponIssued => ({ type: 'CouponIssued', ...asks(userId), place });
const rejected = (userId: string | null, requestId: string): CouponRequestRejected => ({
  type: 'CouponRequestRejected',
  couponId: 'spring',
  userId,
  requestId,
  code: 'PAUSED',
  at: T0,
});

describe('the gate of a coupon of two', () => {
  let store: InMemoryEventStore;
  let log: InMemoryMessageLog;
  let gate: AdmissionGate;
  let now: number;
  beforeEach(async () => {
    store = new InMemoryEventStore();
    log = new InMemoryMessageLog();
    now = T0;
    gate = newGate();
    await happens(couponStream('spring'), NO_STREAM, created({ couponId: 'spring', quantity: 2 }));
  });
  const newGate = () => {
    const load = loadGateState({ eventStore: store, snapshots: noSnapshots, logger: recordingLog() });
    return embeddedGate({ load, clock: stoppedClock(() => now) });
  };
  const happens = (streamId: string, expected: number, event: EventBody) =>
    answerOf(
      store.append(streamId, expected, [{ id: `${streamId}/${expected}`, event, metadata: { correlationId: 'c' } }]),
    );
  const isRejected = (userId: string | null, requestId: string) =>
    happens(couponRejectionsStream('spring'), NO_STREAM, rejected(userId, requestId));
  const reserve = async (userId: string) => (await answerOf(gate.reserve(asks(userId)))).answer;
  const isPending = async (userId: string) => (await answerOf(gate.pending(`r-${userId}`))).length > 0;
  const publish = (userId: string) =>
    answerOf(log.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(asks(userId), { correlationId: 'c' })));

  describe('that follows the events', () => {
    const follow = (gate: AdmissionGate) =>
      running({ feed: store, eventStore: store, readModels: new InMemoryReadModels() }, keepGate(gate));
    const atRevision = (revision: number) =>
      eventually(async () => expect(await answerOf(gate.inspect('spring'))).toMatchObject({ value: { revision } }));
    const following = async (work: () => Promise<void>) => {
      const subscription = await follow(gate);
      await work();
      await subscription.stop();
    };

    it('knows who holds one as soon as it was issued', () =>
      following(async () => {
        await reserve('ana');
        await happens(couponStream('spring'), 0, issued('ana', 1));
        await eventually(async () => expect(await isPending('ana')).toBe(false));
        expect(await reserve('ana')).toBe('AlreadyRequested');
        expect(await answerOf(gate.inspect('spring'))).toMatchObject({ value: { issued: 1, pending: [] } });
      }));

    it('gives the place of a rejected user to another user, or to the same user who asks again', () =>
      following(async () => {
        await reserve('ana');
        await reserve('ben');
        expect(await reserve('cem')).toBe('SoldOut');
        await isRejected('ana', 'r-ana');
        await eventually(async () => expect(await reserve('cem')).toBe('Admitted'));
      }));

    it('finds out itself whose request it was that nobody could read', () =>
      following(async () => {
        await reserve('ana');
        await isRejected(null, 'r-ana');
        await eventually(async () => expect(await isPending('ana')).toBe(false));
      }));

    it('lets nobody in when an operator has ended the use of the coupon', () =>
      following(async () => {
        await reserve('ana');
        const said = { actor: 'olga', reason: 'recalled', requestId: 'op', at: T0 };
        const ended: CouponEvent = { type: 'CouponTermsChanged', couponId: 'spring', ...said, usableUntil: T0 };
        await happens(couponStream('spring'), 0, ended);
        await atRevision(1);
        expect(await reserve('ben')).toBe('Closed');
      }));

    it('lets nobody in while an operator has paused', () =>
      following(async () => {
        await reserve('ana');
        const said = { actor: 'olga', reason: 'slow', requestId: 'op', at: T0 };
        const paused: CouponPaused = { type: 'CouponPaused', couponId: 'spring', ...said };
        await happens(couponStream('spring'), 0, paused);
        await atRevision(1);
        expect(await reserve('ben')).toBe('Paused');
      }));

    it('misses nothing while it does not answer: the changes wait', async () => {
      await reserve('ana');
      let away = true;
      const limping: AdmissionGate = {
        ...gate,
        apply: (changes) => (away ? TE.left('GateUnavailable') : gate.apply(changes)),
      };
      const subscription = await follow(limping);
      await happens(couponStream('spring'), 0, issued('ana', 1));
      expect(await isPending('ana')).toBe(true);
      away = false;
      await eventually(async () => expect(await isPending('ana')).toBe(false));
      await subscription.stop();
    });

    it('does not begin while the store is away', async () => {
      store.unavailable = true;
      await expect(follow(gate)).rejects.toThrow();
    });
  });

  describe('after a restart', () => {
    it('knows again who is in the log and not decided: they are pending, and their places are taken', async () => {
      await publish('ana');
      await publish('ben');
      expect(await answerOf(restorePending({ gate, log }))).toBe(2);
      expect(await isPending('ana')).toBe(true);
      expect(await reserve('cem')).toBe('SoldOut');
      expect(await reserve('ben')).toBe('AlreadyRequested');
    });

    it('does not bring back what is decided, nor stumble over what nobody can read', async () => {
      await publish('ana');
      log.commitAll(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP);
      await answerOf(log.publish(COUPON_ISSUE_REQUESTS, { key: 'spring', value: '{"broken', headers: {} }));
      await publish('ben');
      expect(await answerOf(restorePending({ gate, log }))).toBe(1);
      expect(await isPending('ana')).toBe(false);
    });

    it('says so when it could not be told', async () => {
      await publish('ana');
      const away: AdmissionGate = { ...gate, restore: () => TE.left('GateUnavailable') };
      expect(await restorePending({ gate: away, log })()).toEqual(E.left('GateUnavailable'));
    });
  });

  describe('with a reservation nobody decides', () => {
    let answer: E.Either<'AnswerUnavailable', O.Option<'Issued' | 'Rejected'>>;
    let setAside: E.Either<'AnswerUnavailable', (request: Omit<Admission, 'at'>) => boolean>;
    beforeEach(async () => {
      answer = E.right(O.none);
      setAside = E.right(() => false);
      await reserve('ana');
    });
    const sweeping = () => {
      const finalAnswer: FinalAnswer = () => TE.fromEither(answer);
      const known: SetAside = async () =>
        E.map((isOne: (request: Omit<Admission, 'at'>) => boolean) => F.flow(isOne, TE.right))(setAside);
      return releaseLeaked({ gate, log, clock: stoppedClock(() => now), finalAnswer, setAside: known });
    };
    const voided = () => log.messages(COUPON_ISSUE_REQUESTS).map(({ headers }) => headers['event-type']);
    const voidedOf = () => log.messages(COUPON_ISSUE_REQUESTS).map(({ headers }) => headers['request-id']);

    it('frees the place of one that was rejected before it was put back', async () => {
      await publish('ana');
      await isRejected('ana', 'r-ana');
      gate = newGate();
      expect(await answerOf(restorePending({ gate, log }))).toBe(1);
      expect(await isPending('ana')).toBe(true);
      answer = E.right(O.some('Rejected'));
      now = T0 + 30_001;
      await answerOf(sweeping());
      expect(await isPending('ana')).toBe(false);
    });

    it('leaves it alone for half a minute', async () => {
      now = T0 + 30_000;
      expect(await answerOf(sweeping())).toBe(0);
      expect(voided()).toEqual([]);
    });

    it('then asks the writer to settle it, and undoes nothing itself: the request may be on its way', async () => {
      now = T0 + 30_001;
      expect(await answerOf(sweeping())).toBe(1);
      expect(voided()).toEqual(['COUPON_REQUEST_VOIDED']);
      expect(await isPending('ana')).toBe(true);
    });

    it('asks once, not with every sweep, while deciding stands still', async () => {
      const sweep = sweeping();
      for (now = T0 + 30_001; now < T0 + 60_000; now += 5_000) await answerOf(sweep);
      expect(voided()).toHaveLength(1);
      now += 600_000;
      await answerOf(sweep);
      expect(voided()).toHaveLength(2);
    });

    it.each([['PublishFailed'], ['PublishOutcomeUnknown']] as const)(
      'asks with the next sweep again when it is not known to have asked: %s',
      async (failure) => {
        const sweep = sweeping();
        now = T0 + 30_001;
        log.failNextPublish = failure;
        await sweep();
        const before = voided().length;
        await answerOf(sweep);
        expect(voided()).toHaveLength(before + 1);
      },
    );

    it('gives up the request that was made, not one that is made later', async () => {
      now = T0 + 30_001;
      await answerOf(sweeping());
      const [asked] = log.messages(COUPON_ISSUE_REQUESTS).map(({ value }) => JSON.parse(value));
      expect(asked).toMatchObject({ requestId: 'r-ana', timestamp: T0 });
    });

    it('gives up nothing that is set aside, and settles it once it is not any more', async () => {
      const sweep = sweeping();
      now = T0 + 30_001;
      setAside = E.right(({ requestId }) => requestId === 'r-ana');
      expect(await answerOf(sweep)).toBe(1);
      expect(voided()).toEqual([]);
      setAside = E.right(() => false);
      await answerOf(sweep);
      expect(voidedOf()).toEqual(['r-ana']);
    });

    it('gives up nothing while it cannot be known what is set aside', async () => {
      now = T0 + 30_001;
      setAside = E.left('AnswerUnavailable');
      expect(await sweeping()()).toEqual(E.left('AnswerUnavailable'));
      expect(voided()).toEqual([]);
    });

    it('comes to it in the end, however many of another coupon cannot be settled', async () => {
      await answerOf(gate.release(asks('ana')));
      for (let n = 0; n < 1_200; n += 1) await answerOf(gate.restore({ ...asks(`user-${n}`), couponId: 'parked' }));
      await reserve('ana');
      now = T0 + 30_001;
      setAside = E.right(({ couponId }) => couponId === 'parked');
      const sweep = sweeping();
      for (const found of [500, 500, 201]) expect(await answerOf(sweep)).toBe(found);
      expect(voidedOf()).toEqual(['r-ana']);
      expect(await answerOf(sweep)).toBe(500);
    });

    it('says that one could not be asked for, and asks for those of other coupons all the same', async () => {
      await answerOf(gate.restore({ ...asks('ben'), couponId: 'autumn' }));
      now = T0 + 30_001;
      log.failNextPublish = 'PublishFailed';
      expect(await sweeping()()).toEqual(E.left('LogUnavailable'));
      expect(voidedOf()).toEqual(['r-ben']);
    });

    it('frees the place where the request was rejected and the gate did not hear of it', async () => {
      now = T0 + 30_001;
      answer = E.right(O.some('Rejected'));
      await answerOf(sweeping());
      expect(await isPending('ana')).toBe(false);
      expect(voided()).toEqual([]);
    });

    it('learns the coupon anew where it was issued and the gate did not hear of it', async () => {
      await happens(couponStream('spring'), 0, issued('ana', 1));
      now = T0 + 30_001;
      answer = E.right(O.some('Issued'));
      await answerOf(sweeping());
      expect(await reserve('ana')).toBe('AlreadyRequested');
      expect(await answerOf(gate.inspect('spring'))).toMatchObject({ value: { issued: 1, pending: [] } });
    });

    it('settles it once where it was issued, and a gate that forgot everything was told of the request alone', async () => {
      await happens(couponStream('spring'), 0, issued('ana', 1));
      gate = newGate();
      await answerOf(gate.restore(asks('ana')));
      now = T0 + 30_001;
      answer = E.right(O.some('Issued'));
      const sweep = sweeping();
      expect(await answerOf(sweep)).toBe(1);
      expect(await answerOf(sweep)).toBe(0);
      expect(await reserve('ana')).toBe('AlreadyRequested');
    });

    it('guesses nothing while it cannot be known what was answered', async () => {
      now = T0 + 30_001;
      answer = E.left('AnswerUnavailable');
      expect(await sweeping()()).toEqual(E.left('AnswerUnavailable'));
      expect(voided()).toEqual([]);
    });
  });
});
