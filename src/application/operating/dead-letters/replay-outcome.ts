import { either as E } from 'fp-ts';
import { stockStream } from '../../checkout/aggregates/stock-aggregate.js';
import { couponRejectionsStream, couponStream } from '../../coupon/coupon-aggregate.js';
import {
  COUPON_ISSUE_GROUP,
  COUPON_ISSUE_REQUESTS,
  STOCK_GROUP,
  STOCK_REQUESTS,
  TOKEN_ACTIVATE_GROUP,
  WAITING_TOKEN,
} from '../../kernel/messaging/topics.js';
import { pause } from '../../kernel/projection/pause.js';
import { rejectionsStream } from '../../kernel/writer/rejected-requests.js';
import { type EventStore } from '../../ports/event-store.js';
import { type MessageLog, type Published } from '../../ports/message-log.js';
import { type Clock } from '../../ports/clock.js';
import { waitingRoomStream } from '../../waiting-room/waiting-room-aggregate.js';

/**
 * What became of a replayed message. 'UNCHANGED': it was decided, and nothing was recorded for it. 'UNDECIDED': its writer
 * has not come to it in time, or it cannot be told now.
 */
export type ReplayOutcome = 'CHANGED' | 'UNCHANGED' | 'UNDECIDED';

export interface ReplayOutcomePorts {
  readonly eventStore: Pick<EventStore, 'readStream' | 'lastRevision'>;
  readonly messageLog: Pick<MessageLog, 'lag'>;
  readonly clock: Clock;
  /** How long a writer is waited for, milliseconds. Default 10 s. */
  readonly decidedWithinMs?: number;
}

/** Where the writer of a topic records what it decides of a key. */
interface Writer {
  readonly group: string;
  readonly streams: (key: string) => ReadonlyArray<string>;
}

const writers: Readonly<Record<string, Writer>> = {
  [COUPON_ISSUE_REQUESTS]: {
    group: COUPON_ISSUE_GROUP,
    streams: (key) => [couponStream(key), couponRejectionsStream(key)],
  },
  [WAITING_TOKEN]: {
    group: TOKEN_ACTIVATE_GROUP,
    streams: (key) => [waitingRoomStream(key), rejectionsStream('waiting', key)],
  },
  [STOCK_REQUESTS]: { group: STOCK_GROUP, streams: (key) => [stockStream(key), rejectionsStream('stock', key)] },
};

const DECIDED_WITHIN_MS = 10_000;
const LOOK_MS = 50;
const PAGE = 1_000;

/** Waits for the outcome; 'UNDECIDED' at once when aborted. */
type AwaitOutcome = (signal?: AbortSignal) => Promise<ReplayOutcome>;

/** To be called as soon as the message is published: from then on its writer has `decidedWithinMs`, however late it is waited for. */
type OutcomeOf = (published: Published) => AwaitOutcome;

/**
 * To be asked before the message is published: where its streams end then. What is recorded behind that, from where the
 * message was published to, is what it led to.
 */
export const replayOutcome =
  ({ eventStore, messageLog, clock, decidedWithinMs = DECIDED_WITHIN_MS }: ReplayOutcomePorts) =>
  async (topic: string, key: string): Promise<OutcomeOf> => {
    const writer = writers[topic];
    if (writer === undefined) return () => () => Promise.resolve('UNDECIDED');
    const ends = await Promise.all(
      writer.streams(key).map(async (stream) => ({ stream, end: await eventStore.lastRevision(stream)() })),
    );

    const isDecided = async ({ partition, offset }: Published): Promise<boolean> => {
      const lag = await messageLog.lag(topic, writer.group)();
      return E.isRight(lag) && lag.right.some((each) => each.partition === partition && each.committed > offset);
    };
    /** Null where it cannot be told. */
    const ledToSomething = async (stream: string, after: number, at: Published): Promise<boolean | null> => {
      for (let from = after + 1; ; from += PAGE) {
        const page = await eventStore.readStream(stream, from, PAGE)();
        if (E.isLeft(page)) return null;
        const isOf = page.right.some(
          ({ metadata: { source } }) =>
            source?.topic === topic && source.partition === at.partition && source.offset === at.offset,
        );
        if (isOf) return true;
        if (page.right.length < PAGE) return false;
      }
    };

    const outcomeAt = async (published: Published): Promise<ReplayOutcome> => {
      const found = await Promise.all(
        ends.map(({ stream, end }) =>
          E.isLeft(end) ? null : ledToSomething(stream, Math.max(end.right, -1), published),
        ),
      );
      if (found.includes(true)) return 'CHANGED';
      return found.includes(null) ? 'UNDECIDED' : 'UNCHANGED';
    };

    return (published) => {
      const deadline = clock.elapsed() + decidedWithinMs;
      return async (signal) => {
        while (signal?.aborted !== true) {
          if (await isDecided(published)) return outcomeAt(published);
          if (clock.elapsed() >= deadline) break;
          await pause(clock, LOOK_MS, signal);
        }
        return 'UNDECIDED';
      };
    };
  };
