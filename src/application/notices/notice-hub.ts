import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { isSealed } from '../../domain/sealed.js';
import { openReason } from '../checkout/order/cancel-reason.js';
import { type PersonalData } from '../kernel/personal-data/personal-data.js';
import { yieldToEventLoop } from '../kernel/yield-to-event-loop.js';
import { type Position } from '../ports/event-store.js';
import { type FeedBatch } from '../ports/event-feed.js';
import { type Ports } from '../ports/ports.js';
import { type Listener, listeners as newListeners } from './listeners.js';
import { EVERYONE, type MissedNotices, type Notice } from './notice.js';
import { noticedStreams, toNotice } from './to-notice.js';

const cancelled = z.looseObject({ orderId: z.string(), userId: z.string(), reason: z.custom<string>(isSealed) });

/** A notice as its user reads it: what was sealed for them is opened. */
export const openNotice = (personalData: PersonalData) => {
  const open = openReason(personalData);
  return (notice: Notice): TE.TaskEither<'PersonalDataUnavailable', Notice> => {
    const data = notice.kind === 'order-cancelled' ? cancelled.safeParse(notice.data).data : undefined;
    if (data === undefined) return TE.right(notice);
    return F.pipe(
      open(data.userId, data.orderId, data.reason),
      TE.map((reason) => ({ ...notice, data: { ...data, reason } })),
    );
  };
};

export interface NoticeHubPorts extends Pick<Ports, 'feed' | 'metrics'> {
  readonly personalData: PersonalData;
  readonly missedNotices: MissedNotices;
}

/** Why somebody is no longer listening; 'silent': they acknowledge nothing any more; 'credential': theirs is no longer good. */
export type Leaving = 'client' | 'slow' | 'silent' | 'credential' | 'server';

export interface Connecting {
  readonly userId: string;
  /** The last notice the client knows of; null for one that comes for the first time; NaN for what never was an id. */
  readonly since: Position | null;
  readonly listener: Listener;
  /** How long ago the client was last known to be there, milliseconds; 0 while it has left nothing unanswered. */
  readonly silentMs: () => number;
}

/** Tells users what happened, on whichever process they are. */
export interface NoticeHub {
  /**
   * From `since` on each notice once, in order. The listener's `begin` has been called when this answers; the answer is
   * how to leave. 'NoticesUnavailable': what was missed cannot be told now, and nothing was begun.
   */
  readonly connect: (connecting: Connecting) => TE.TaskEither<'NoticesUnavailable', (why: Leaving) => void>;
  readonly stop: () => Promise<void>;
}

/** This many are told before other work gets its turn on the event loop. */
const AT_ONCE = 1_000;

/**
 * Follows the events and sends new notices to all listeners at once, without a query. A client that was away first gets what it
 * missed, read from the view of notices up to `dispatched`, the last event that was sent here. `dispatched` moves before the sending
 * begins, so that a client that connects in the middle gets that event from the view.
 */
export const startNoticeHub =
  (ports: NoticeHubPorts): TE.TaskEither<'EventStoreUnavailable', NoticeHub> =>
  async () => {
    const head = await ports.feed.head()();
    if (E.isLeft(head)) return head;
    const listeners = newListeners();
    const missed = ports.missedNotices;
    const open = openNotice(ports.personalData);
    let dispatched = head.right;

    const tell = async (notice: Notice): Promise<void> => {
      dispatched = notice.position;
      let told = 0;
      for (const joined of notice.to === EVERYONE ? listeners.all() : listeners.of(notice.to)) {
        joined.hear(notice);
        if (++told % AT_ONCE === 0) await yieldToEventLoop();
      }
    };
    const follow = async ({ events, position }: FeedBatch): Promise<void> => {
      for (const event of events) {
        // A batch may come again.
        const notice = event.position > dispatched ? toNotice(event) : null;
        if (notice === null) continue;
        const opened = await open(notice)();
        // It is sent again with its batch, when the key can be read.
        if (E.isLeft(opened)) throw new Error(opened.left);
        await tell(opened.right);
      }
      dispatched = Math.max(dispatched, position);
    };
    const following = ports.feed.subscribe(head.right, follow, { streamPrefixes: noticedStreams });

    const count = (): void => ports.metrics.gauge('sse_connection_count', listeners.count());
    /** What there is to tell first; null: nobody can tell what this client knows. */
    const catchUp = async (
      userId: string,
      since: Position,
      joined: Listener,
    ): Promise<E.Either<'NoticesUnavailable', void>> => {
      const until = dispatched;
      if (since > until) {
        // It may know more than this process does by now, never more than has happened.
        const now = await ports.feed.head()();
        if (E.isLeft(now)) return E.left('NoticesUnavailable');
        return E.right(since > now.right ? joined.begin(dispatched, 'Resync') : joined.begin(since, []));
      }
      const found = await missed({ userId, since, until })();
      if (E.isLeft(found)) return found;
      if (found.right === 'TooMuch') return E.right(joined.begin(until, 'Resync'));
      const opened = await TE.traverseArray(open)(found.right)();
      return E.isLeft(opened) ? E.left('NoticesUnavailable') : E.right(joined.begin(since, opened.right));
    };

    return E.right({
      connect:
        ({ userId, since, listener }) =>
        async () => {
          const joined = listeners.join(userId, listener);
          count();
          const leave = (why: Leaving): void => {
            if (!listeners.leave(userId, joined)) return;
            count();
            ports.metrics.count('sse_disconnects_total', { why });
          };
          if (since === null) joined.begin(dispatched, []);
          else if (Number.isNaN(since)) joined.begin(dispatched, 'Resync');
          else {
            const caughtUp = await catchUp(userId, since, joined);
            if (E.isLeft(caughtUp)) {
              leave('server');
              return caughtUp;
            }
          }
          return E.right(leave);
        },
      stop: following.stop,
    });
  };
