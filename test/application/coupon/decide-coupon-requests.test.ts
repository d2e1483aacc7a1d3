import { nothingParked } from '../../support/running.js';
import { either as E, taskEither as TE } from 'fp-ts';
import { couponRejectionsStream, couponStream } from '../../../src/application/coupon/coupon-aggregate.js';
import {
  decideCouponRequests,
  type DecideCouponRequestsPorts,
} from '../../../src/application/coupon/coupon-writing.js';
import { deadLetterMessage, asReplayOf } from '../../../src/application/kernel/writer/dead-letter-message.js';
import { keepSnapshots } from '../../../src/application/kernel/writer/keep-snapshots.js';
import { COUPON_ISSUE_DLQ } from '../../../src/application/kernel/messaging/topics.js';
import { NO_STREAM } from '../../../src/application/ports/event-store.js';
import { settleRequest } from '../../../src/domain/coupon-rejections/settle-request.js';
import { created } from '../../domain/coupon/language.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { asks, batch, operates, voids } from '../../support/world/coupon-log.js';
import { worldEventStore, type WorldEventStore } from '../../support/world/event-store.js';
import { inMemorySnapshots } from '../../support/world/snapshots.js';

describe('deciding the requests of the log', () => {
  let eventStore: WorldEventStore;
  let away: boolean;
  let log: InMemoryMessageLog;
  let snapshots: ReturnType<typeof inMemorySnapshots>;
  let appends: string[];
  let ports: DecideCouponRequestsPorts;

  beforeEach(() => {
    eventStore = worldEventStore();
    log = new InMemoryMessageLog();
    snapshots = inMemorySnapshots();
    appends = [];
    away = false;
    const logger = recordingLog();
    ports = {
      eventStore: {
        readStream: (...asked) => (away ? TE.left('EventStoreUnavailable') : eventStore.readStream(...asked)),
        lastRevision: eventStore.lastRevision,
        keepFor: eventStore.keepFor,
        append: (streamId, expected, events) => {
          if (events.length > 0) appends.push(`${streamId} +${events.length}`);
          return eventStore.append(streamId, expected, events);
        },
      },
      snapshots,
      logger,
      log,
      clock: wallClock,
      metrics: recordingMetrics(),
      snapshotKeeper: keepSnapshots({ snapshots, logger }),
      parkedStreams: nothingParked,
    };
  });

  const create = async (quantity: number, couponId = 'spring') => {
    const event = created({ couponId, quantity });
    await eventStore.append(couponStream(couponId), NO_STREAM, [
      { id: couponId, event, metadata: { correlationId: 'c' } },
    ])();
  };
  const told = async (streamId: string) => {
    const events = await eventStore.readStream(streamId, 0, 10_000)();
    return E.isLeft(events) ? [] : events.right.map(({ event }) => event);
  };
  const holders = async (couponId = 'spring') =>
    (await told(couponStream(couponId))).flatMap((event) => ('userId' in event ? [event.userId] : []));
  const answers = async (couponId = 'spring') =>
    (await told(couponRejectionsStream(couponId))).map((event) =>
      'requestId' in event && 'code' in event ? `${event.requestId}: ${event.code}` : '?',
    );
  const people = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `user-${from + n}`);

  it('costs one append for a batch of a coupon, and one more for what is rejected', async () => {
    await create(300);
    await create(10, 'summer');
    await decideCouponRequests(ports)(
      batch([...people(400).map((user) => asks(user)), asks('ana', { couponId: 'summer' })]),
    );
    expect(appends.sort()).toStrictEqual(['coupon-spring +300', 'coupon-summer +1', 'couponRejections-spring +100']);
  });

  it('counts what came of the requests of users, and not what operators asked for', async () => {
    const metrics = recordingMetrics();
    await create(1);
    const lower = operates({ eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: 0 }, { requestId: 'q' });
    await decideCouponRequests({ ...ports, metrics })(batch([asks('ana'), lower, asks('ben')]));
    expect(await answers()).toStrictEqual(['q: QUANTITY_BELOW_ISSUED', 'request-of-ben: OUT_OF_STOCK']);
    expect(metrics.values.get('coupon_issue_count')).toBe(2);
  });

  it('decides in the order of the log, operators in turn with everyone', async () => {
    await create(2);
    await decideCouponRequests(ports)(
      batch([
        asks('ana'),
        operates({ eventType: 'COUPON_PAUSE_REQUESTED' }, { requestId: 'p' }),
        asks('ben'),
        operates({ eventType: 'COUPON_RESUME_REQUESTED' }, { requestId: 'r' }),
        asks('cid'),
        asks('dan'),
        operates({ eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: 3 }, { requestId: 'q' }),
        asks('eva'),
        operates({ eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: 1 }, { requestId: 'low' }),
      ]),
    );
    expect(await holders()).toStrictEqual(['ana', 'cid', 'eva']);
    expect(await answers()).toStrictEqual([
      'request-of-ben: PAUSED',
      'request-of-dan: OUT_OF_STOCK',
      'low: QUANTITY_BELOW_ISSUED',
    ]);
  });

  it('answers nothing twice when a batch comes again, to this owner or to the next', async () => {
    await create(1);
    const requests = batch([asks('ana'), asks('ben'), voids('cid'), asks('cid')]);
    const owner = decideCouponRequests(ports);
    await owner(requests);
    const [before, rejections] = [await holders(), await answers()];
    await owner(requests);
    await decideCouponRequests(ports)(requests);
    expect(await holders()).toStrictEqual(before);
    expect(await answers()).toStrictEqual(rejections);
    expect(rejections).toStrictEqual(['request-of-ben: OUT_OF_STOCK', 'request-of-cid: ABANDONED']);
  });

  it('decides again what another owner was faster with', async () => {
    await create(2);
    const [old, young] = [decideCouponRequests(ports), decideCouponRequests(ports)];
    await old(batch([asks('ana')]));
    await young(batch([asks('ana'), asks('ben'), asks('cid')]));
    await old(batch([asks('ben'), asks('cid'), asks('dan')], 1));
    expect(await holders()).toStrictEqual(['ana', 'ben']);
    expect(await answers()).toStrictEqual(['request-of-cid: OUT_OF_STOCK', 'request-of-dan: OUT_OF_STOCK']);
  });

  it('does not trust its memory after the partition was with another', async () => {
    await create(1);
    const [first, second] = [decideCouponRequests(ports), decideCouponRequests(ports)];
    await first(batch([asks('ana')]));
    await second(batch([operates({ eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: 2 })], 1));
    await first(batch([asks('ben')], 2));
    expect(await holders()).toStrictEqual(['ana', 'ben']);
  });

  it('finds a coupon that was created after somebody asked in vain', async () => {
    const decide = decideCouponRequests(ports);
    await decide(batch([asks('ana')]));
    await create(1);
    await decide(batch([asks('ben')], 1));
    expect(await holders()).toStrictEqual(['ben']);
    expect(await answers()).toStrictEqual(['request-of-ana: COUPON_NOT_FOUND']);
  });

  it('repeats an append whose outcome is unknown, and writes it once', async () => {
    await create(5);
    let lost = 3;
    const append: typeof ports.eventStore.append =
      (...asked) =>
      async () => {
        const answer = await eventStore.append(...asked)();
        return lost-- > 0 ? E.left('AppendOutcomeUnknown') : answer;
      };
    await decideCouponRequests({ ...ports, eventStore: { ...ports.eventStore, append } })(
      batch([asks('ana'), asks('ben')]),
    );
    expect(await holders()).toStrictEqual(['ana', 'ben']);
  });

  it('takes an outcome that stays unknown for no success: the batch waits', async () => {
    await create(5);
    const append: typeof ports.eventStore.append = (streamId, expected, events) =>
      events.length === 0 ? eventStore.append(streamId, expected, events) : TE.left('AppendOutcomeUnknown');
    const decide = decideCouponRequests({ ...ports, eventStore: { ...ports.eventStore, append } });
    await expect(decide(batch([asks('ana')]))).rejects.toThrow('AppendOutcomeUnknown');
  });

  it('gives one answer though another owner decides between its reading the coupon and its rejections', async () => {
    await create(0);
    const requests = batch([asks('ben'), operates({ eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: 1 })]);
    let reads = 0;
    const readStream: typeof ports.eventStore.readStream =
      (...asked) =>
      async () => {
        const answer = await eventStore.readStream(...asked)();
        if (++reads === 1) await decideCouponRequests(ports)(requests);
        return answer;
      };
    await decideCouponRequests({ ...ports, eventStore: { ...ports.eventStore, readStream } })(requests);
    expect(await holders()).toStrictEqual([]);
    expect(await answers()).toStrictEqual(['request-of-ben: OUT_OF_STOCK']);
  });

  it('waits with the batch while the store is away, and goes on when it is back', async () => {
    await create(5);
    const decide = decideCouponRequests(ports);
    away = true;
    await expect(decide(batch([asks('ana')]))).rejects.toThrow('EventStoreUnavailable');
    away = false;
    await decide(batch([asks('ana')]));
    expect(await holders()).toStrictEqual(['ana']);
  });

  describe('a message that cannot be processed', () => {
    const broken = { ...asks('ben'), value: '{"not": "ours"' };
    const letters = () => log.messages(COUPON_ISSUE_DLQ).map(({ value }) => deadLetterMessage.parse(JSON.parse(value)));

    it('is set aside with an answer, and its neighbours go on', async () => {
      await create(5);
      await decideCouponRequests(ports)(batch([asks('ana'), broken, asks('cid')]));
      expect(await holders()).toStrictEqual(['ana', 'cid']);
      expect(await answers()).toStrictEqual(['request-of-ben: UNPROCESSABLE']);
      expect(letters()).toMatchObject([
        { originalEvent: broken.value, attempts: 1, origin: { partition: 0, offset: 1 } },
      ]);
    });

    describe('replayed when the bug is mended', () => {
      const failing: typeof settleRequest = (command, coupon, rejections) => {
        if (command.type === 'IssueCoupon' && command.userId === 'ben') throw new Error('a bug');
        return settleRequest(command, coupon, rejections);
      };
      const replay = asReplayOf('letter-1', asks('ben'));
      const types = async (streamId: string) => (await told(streamId)).map(({ type }) => type);

      it('is decided anew: what it was answered is withdrawn by a recorded fact', async () => {
        await create(5);
        await decideCouponRequests({ ...ports, settle: failing })(batch([asks('ben')]));
        expect(await answers()).toStrictEqual(['request-of-ben: UNPROCESSABLE']);
        const mended = decideCouponRequests(ports);
        await mended(batch([asks('ben')], 1));
        expect(await holders()).toStrictEqual([]);
        await mended(batch([replay], 2));
        await mended(batch([replay], 2));
        await mended(batch([replay], 3));
        expect(await holders()).toStrictEqual(['ben']);
        expect(await told(couponRejectionsStream('spring'))).toMatchObject([
          { type: 'CouponRequestRejected', code: 'UNPROCESSABLE' },
          { type: 'CouponRejectionWithdrawn', userId: 'ben', deadLetterId: 'letter-1' },
        ]);
      });

      it('is rejected for another reason where there is one, once', async () => {
        await create(1);
        await decideCouponRequests({ ...ports, settle: failing })(batch([asks('ben'), asks('ana')]));
        await decideCouponRequests(ports)(batch([replay], 2));
        await decideCouponRequests(ports)(batch([replay], 3));
        expect(await answers()).toStrictEqual(['request-of-ben: UNPROCESSABLE', '?', 'request-of-ben: OUT_OF_STOCK']);
      });

      it('changes nothing while the bug is there', async () => {
        await create(5);
        await decideCouponRequests({ ...ports, settle: failing })(batch([asks('ben')]));
        await decideCouponRequests({ ...ports, settle: failing })(batch([replay], 1));
        expect(await types(couponRejectionsStream('spring'))).toStrictEqual(['CouponRequestRejected']);
        expect(letters()).toHaveLength(1);
      });

      it('takes back no other answer', async () => {
        await create(0);
        await decideCouponRequests(ports)(batch([asks('ben'), replay]));
        expect(await answers()).toStrictEqual(['request-of-ben: OUT_OF_STOCK']);
      });
    });

    it('is set aside once, however often it comes', async () => {
      await create(5);
      const decide = decideCouponRequests(ports);
      await decide(batch([broken]));
      await decide(batch([broken]));
      expect(letters()).toHaveLength(1);
      expect(await answers()).toHaveLength(1);
    });

    it('takes no answer from a request that was answered before', async () => {
      await create(5);
      await decideCouponRequests(ports)(batch([asks('ben'), broken]));
      expect(await answers()).toStrictEqual([]);
    });

    it('is set aside when it is keyed by another coupon: it stands in the wrong partition', async () => {
      await create(5);
      await decideCouponRequests(ports)(batch([{ ...asks('ana', { couponId: 'summer' }), key: 'spring' }]));
      expect(await answers()).toStrictEqual(['request-of-ana: UNPROCESSABLE']);
    });

    it('is set aside when deciding it fails, without being decided again: the rule is pure', async () => {
      await create(5);
      let decisions = 0;
      const settle: typeof settleRequest = (command, ...states) => {
        decisions += 1;
        if ('userId' in command && command.userId === 'ben') throw new TypeError('a bug');
        return settleRequest(command, ...states);
      };
      await decideCouponRequests({ ...ports, settle })(batch([asks('ana'), asks('ben'), asks('cid')]));
      expect(await holders()).toStrictEqual(['ana', 'cid']);
      expect(letters()).toMatchObject([{ failureReason: 'a bug', attempts: 1 }]);
      expect(decisions).toBe(3);
    });

    it('waits, with its whole batch, while it cannot be set aside', async () => {
      await create(5);
      const decide = decideCouponRequests(ports);
      log.failNextPublish = 'PublishFailed';
      await expect(decide(batch([asks('ana'), broken]))).rejects.toThrow('PublishFailed');
      expect(await holders()).toStrictEqual([]);
      await decide(batch([asks('ana'), broken]));
      expect([await holders(), await answers()]).toStrictEqual([['ana'], ['request-of-ben: UNPROCESSABLE']]);
    });
  });

  it('goes on from a snapshot, and ignores one of another history', async () => {
    await create(5_000);
    await decideCouponRequests(ports)(batch(people(1_200).map((user) => asks(user))));
    await ports.snapshotKeeper.settled();
    expect(snapshots.saved.get(couponStream('spring'))?.revision).toBe(1_200);
    const reads: number[] = [];
    const readStream: typeof ports.eventStore.readStream = (streamId, from, limit) => {
      if (streamId === couponStream('spring')) reads.push(from);
      return eventStore.readStream(streamId, from, limit);
    };
    const next = { ...ports, eventStore: { ...ports.eventStore, readStream } };
    await decideCouponRequests(next)(batch([asks('user-3', { requestId: 'again' }), asks('zoe')], 1_200));
    expect(reads).toStrictEqual([1_200]);
    expect((await holders()).at(-1)).toBe('zoe');
    expect(await answers()).toStrictEqual(['again: ALREADY_ISSUED']);

    eventStore = worldEventStore();
    await create(1);
    const restored = { ...ports, eventStore };
    await decideCouponRequests(restored)(batch([asks('user-3')], 1_202));
    expect(await holders()).toStrictEqual(['user-3']);
  });
});
