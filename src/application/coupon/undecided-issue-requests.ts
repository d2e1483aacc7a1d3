import { either as E, type taskEither as TE } from 'fp-ts';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { seeUndecided, type UndecidedPorts } from '../kernel/messaging/undecided.js';
import { type Admission } from '../ports/admission-gate.js';

/** The log is not searched while more than this waits to be decided: too much to read for one 404. */
const MOST_UNDECIDED = 5_000;

/**
 * The issue requests in the log with an id. A gate that lost its memory is loaded with what was in the log at that moment:
 * it does not know a request whose publishing took longer.
 */
export const undecidedIssueRequests =
  (messageLog: UndecidedPorts) =>
  (requestId: string): TE.TaskEither<'TooMany' | 'LogUnavailable', ReadonlyArray<Omit<Admission, 'at'>>> =>
  async () => {
    const found: Omit<Admission, 'at'>[] = [];
    let count = 0;
    const seen = await seeUndecided(messageLog)<'TooMany'>(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP, (messages) => {
      for (const { key: couponId, headers } of messages)
        if (headers['request-id'] === requestId && headers['user-id'] !== undefined)
          found.push({ couponId, userId: headers['user-id'], requestId });
      count += messages.length;
      return Promise.resolve(found.length === 0 && count > MOST_UNDECIDED ? E.left('TooMany') : E.right(true));
    })();
    return E.isLeft(seen) ? seen : E.right(found);
  };
