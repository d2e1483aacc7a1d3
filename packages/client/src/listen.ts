import { type EventSourceMessage } from 'eventsource-parser';
import { problemOf, unreachable } from './answer.js';
import { messages, openConnection } from './connection.js';
import { type Notice, type NoticeKind } from './notices.js';
import { aLittleLater, backOff, pause, retryAfter } from './pause.js';
import { hasExpired, type Send } from './send.js';

export interface Listening {
  readonly userId: string;
  /** The last id that was seen, also by the page before this one: what came since is told first. */
  readonly lastEventId?: string | undefined;
  /** Gets a ticket for each connection, where this caller shows no credential of its own: see `client.notices.ticket`. */
  readonly ticket?: (() => Promise<string>) | undefined;
  /** Ends the notices. */
  readonly signal?: AbortSignal | undefined;
}

const RETRY_MS = 1_000;
const LONGEST_MS = 30_000;

const KINDS: Readonly<Record<NoticeKind, true>> = {
  connected: true,
  resync: true,
  'coupon-issued': true,
  'coupon-rejected': true,
  'coupon-rejection-withdrawn': true,
  'token-activated': true,
  'token-expired': true,
  'order-completed': true,
  'order-cancelled': true,
  'order-expired': true,
  'order-failed': true,
  'payment-completed': true,
  'payment-refunded': true,
  'event-open': true,
  'event-cancelled': true,
};

type Told = Extract<Notice, { readonly id: string }>;

/** What the kind says is in it, is in it: a test compares them with what the server sends. */
const isTold = (notice: { readonly kind: string; readonly id: string; readonly data: unknown }): notice is Told =>
  Object.hasOwn(KINDS, notice.kind);

const noticeOf = ({ event = '', id = '', data }: EventSourceMessage): Told | null => {
  const parsed: unknown = JSON.parse(data);
  const notice = { kind: event, id, data: parsed };
  // A kind of a newer server.
  return isTold(notice) ? notice : null;
};

/** A device whose clock is slow gives its old token for some minutes longer: so many refusals in a row take about six. */
const MOST_EXPIRED = 20;

/** No other credential will do: who asks may not, or asks for nothing there is. */
const isForGood = (status: number, isRenewed: boolean): boolean =>
  status >= 400 && status < 500 && status !== 408 && status !== 429 && !(status === 401 && isRenewed);

/**
 * What a user is told, each once and in order, across lost connections: the stream resumes after the last id that was seen.
 * Ends when `signal` aborts, when the reader stops reading, or after `refused`.
 */
export const listening = (url: string, { plain, isRenewing }: Pick<Send, 'plain' | 'isRenewing'>) =>
  async function* ({ userId, lastEventId, ticket, signal }: Listening): AsyncGenerator<Notice, void, undefined> {
    let lastId = lastEventId;
    let retryMs = RETRY_MS;
    let expired = 0;
    const isOver = (): boolean => signal?.aborted === true;
    for (let failures = 0; !isOver(); failures += 1) {
      const connection = openConnection(signal);
      let [isHeard, askedMs] = [false, 0];
      try {
        const query = ticket === undefined ? '' : `?ticket=${encodeURIComponent(await ticket())}`;
        const headers = new Headers({
          accept: 'text/event-stream',
          ...(lastId !== undefined && { 'last-event-id': lastId }),
        });
        const address = `${url}/api/sse/subscribe/${encodeURIComponent(userId)}${query}`;
        const response = await plain(address, { method: 'GET', headers, signal: connection.signal });
        expired = hasExpired(response) ? expired + 1 : 0;
        if (!response.ok || response.body === null) {
          const problem = await problemOf(response);
          const isRenewed = ticket !== undefined || (isRenewing && expired > 0 && expired < MOST_EXPIRED);
          if (isForGood(response.status, isRenewed)) return yield { kind: 'refused', problem };
          askedMs = aLittleLater(retryAfter(response) ?? 0);
          yield { kind: 'lost', problem };
        } else {
          for await (const message of messages(response.body, connection, (ms) => (retryMs = ms))) {
            const notice = noticeOf(message);
            [failures, isHeard] = [0, true];
            lastId = message.id ?? lastId;
            if (notice !== null) yield notice;
          }
          yield { kind: 'lost', problem: unreachable('The stream ended') };
        }
      } catch (error) {
        if (isOver()) return;
        yield { kind: 'lost', problem: unreachable(error) };
      } finally {
        connection.close();
      }
      // The server jitters what it tells those who have heard it.
      const waitMs = isHeard ? retryMs : Math.max(askedMs, backOff(failures, RETRY_MS, LONGEST_MS));
      await pause(waitMs, signal).catch(() => undefined);
    }
  };
