import { either as E, function as F, readonlyArray as RA, taskEither as TE } from 'fp-ts';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { seeUndecided, type UndecidedPorts } from '../kernel/messaging/undecided.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { readAtHead } from '../kernel/projection/read-at-head.js';
import { type Admission } from '../ports/admission-gate.js';
import { type CouponOutcome, couponOutcomes, isAbandoned, isAnybodys, underRequestId } from './coupon-outcomes.js';
import { mayAnswer } from './coupon-aggregate.js';
import { heldUnder } from './held-under.js';
import {
  decided,
  type IssueStatus,
  type IssueStatusError,
  type IssueStatusPorts,
  processing,
  type RequestAsked,
} from './request-status.js';

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

/** An id generated here is unique; one that a client chose may be used by another client too. */
const GIVEN_OUT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Enough to see that there are several. */
const SEVERAL = 5;

interface Candidate {
  readonly status: IssueStatus;
  /** Its user is not known, because its message could not be read. */
  readonly isAnybodys: boolean;
  /** A new request may use this id. */
  readonly isGivenUp: boolean;
}

const known = (outcome: CouponOutcome): Candidate => ({
  status: decided(outcome),
  isAnybodys: isAnybodys(outcome),
  isGivenUp: isAbandoned(outcome),
});

const accepted = (admission: Omit<Admission, 'at'>): Candidate => ({
  status: processing(admission),
  isAnybodys: false,
  isGivenUp: false,
});

const isOfSame = (one: IssueStatus, other: IssueStatus): boolean =>
  one.couponId === other.couponId && one.userId === other.userId;

const isSameRequest = (one: Candidate, other: Candidate): boolean =>
  one.status.couponId === other.status.couponId &&
  (one.isAnybodys || other.isAnybodys || one.status.userId === other.status.userId);

/** The request with this id, if there is only one; of several, none is shown. */
const only = (found: ReadonlyArray<Candidate>): E.Either<IssueStatusError, IssueStatus> => {
  const [first] = found;
  if (first === undefined) return E.left({ code: 'REQUEST_NOT_FOUND' });
  return found.every((each) => isSameRequest(first, each))
    ? E.right(first.status)
    : E.left({ code: 'REQUEST_ID_AMBIGUOUS' });
};

const UNAVAILABLE = E.left({ code: 'UNAVAILABLE' } as const);

/** The only request of this id, among those the asker may mean. */
export const statusByRequestId = (ports: IssueStatusPorts) => {
  const [reader, atHead] = [liveReader(ports.readModels), readAtHead(ports)];
  return ({ requestId, couponId, userId }: RequestAsked): TE.TaskEither<IssueStatusError, IssueStatus> => {
    const isMeant = (each: Candidate): boolean =>
      (couponId === undefined || each.status.couponId === couponId) &&
      (userId === undefined || each.isAnybodys || each.status.userId === userId);
    const most = couponId === undefined && userId === undefined ? SEVERAL : Infinity;
    const read = F.pipe(
      reader.within(couponOutcomes, underRequestId(requestId), most),
      TE.map((found) => found.map(known).filter(isMeant)),
    );
    /** What is found is told, whatever is passed over of other coupons. */
    const mayLack = (streamId: string, found: ReadonlyArray<Candidate>): boolean =>
      found.length === 0 && mayAnswer(streamId, couponId);
    return async () => {
      const first = await read();
      if (E.isLeft(first)) return UNAVAILABLE;
      const isFirstFinal = first.right.length > 0 && !first.right.some(({ isGivenUp }) => isGivenUp);
      if (isFirstFinal && GIVEN_OUT.test(requestId)) return only(first.right);
      const pending = await ports.gate.pending(requestId)();
      if (E.isLeft(pending)) return UNAVAILABLE;
      const isWaiting = pending.right.length > 0;
      // Most requests that the gate no longer knows were decided a moment ago. If the view is too far behind to show it, the log tells.
      const soon =
        isWaiting || RA.isNonEmpty(first.right)
          ? first
          : await atHead(couponOutcomes, read, { isEnough: RA.isNonEmpty, mayLack })();
      const shown = E.isRight(soon) ? soon.right : [];
      const isKnown = isWaiting || RA.isNonEmpty(shown);
      const logged = isKnown ? E.right([]) : await undecidedIssueRequests(ports.messageLog)(requestId)();
      if (E.isLeft(logged)) return UNAVAILABLE;
      const waiting = [...pending.right, ...logged.right].map(accepted).filter(isMeant);
      const isAskedAgain = ({ isGivenUp, status }: Candidate): boolean =>
        isGivenUp && waiting.some((each) => isOfSame(status, each.status));
      const others = shown.filter((each) => !isAskedAgain(each));
      if (waiting.length > 0) return only([...others, ...waiting]);
      // Somebody else's request of this id may be decided, and not be visible yet.
      const all = await atHead(couponOutcomes, read, { mayLack })();
      if (E.isLeft(all)) return UNAVAILABLE;
      if (all.right.length > 0 || userId === undefined) return only(all.right);
      const kept = await heldUnder(reader)({ requestId, couponId, userId })();
      if (E.isLeft(kept)) return UNAVAILABLE;
      return E.fromOption(() => ({ code: 'REQUEST_NOT_FOUND' as const }))(kept.right);
    };
  };
};
