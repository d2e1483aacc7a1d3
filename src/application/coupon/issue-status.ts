import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { type Admission, type AdmissionGate } from '../ports/admission-gate.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { readAtHead, type ReadAtHeadPorts } from '../kernel/projection/read-at-head.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { seeUndecided, type UndecidedPorts } from '../kernel/messaging/undecided.js';
import { awaitOutcome } from '../kernel/outcome/await-outcome.js';
import { DONE } from '../kernel/outcome/outcomes.js';
import {
  answeringIds,
  type CouponOutcome,
  couponOutcomeId,
  couponOutcomes,
  isAbandoned,
  isAnybodys,
  underRequestId,
} from './coupon-outcomes.js';

export interface IssueStatus {
  readonly requestId: string;
  readonly couponId: string;
  /** Null where nobody knows: the message could not be read. */
  readonly userId: string | null;
  readonly status: 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'ALREADY_ISSUED' | 'OUT_OF_STOCK';
  /** Why not, when it was decided against. */
  readonly code?: RejectionCode;
  readonly place?: number;
  /** The answer before this one, which an operator had decided anew. */
  readonly supersedes?: { readonly code: string; readonly processedAt: number };
  /** Epoch milliseconds; null while it is not decided. */
  readonly processedAt: number | null;
}

/** A request id, and whose it is as far as the asker says. */
export interface RequestAsked {
  readonly requestId: string;
  readonly couponId?: string;
  readonly userId?: string;
}

export type IssueStatusError =
  /** 'UNAVAILABLE': it cannot be told now whether the request was ever accepted. */
  | { readonly code: 'REQUEST_NOT_FOUND' | 'UNAVAILABLE' }
  /** Several requests have this id: say whose is meant, and of which coupon. */
  | { readonly code: 'REQUEST_ID_AMBIGUOUS' };

/** How long an answer is held until it is final. */
export interface Waiting {
  /** Milliseconds. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

export type IssueStatusById = (asked: RequestAsked, waiting?: Waiting) => TE.TaskEither<IssueStatusError, IssueStatus>;

export interface IssueStatusPorts extends ReadAtHeadPorts {
  readonly messageLog: UndecidedPorts;
  readonly gate: Pick<AdmissionGate, 'pending' | 'isPending' | 'requestOf'>;
}

const statusOf = (result: CouponOutcome['result']): IssueStatus['status'] => {
  if (result === DONE) return 'SUCCESS';
  return result === 'ALREADY_ISSUED' || result === 'OUT_OF_STOCK' ? result : 'FAILED';
};

const decided = ({
  requestId,
  couponId,
  userId,
  result,
  place,
  supersedes,
  processedAt,
}: CouponOutcome): IssueStatus => ({
  requestId,
  couponId,
  userId,
  status: statusOf(result),
  ...(result === DONE ? {} : { code: result }),
  ...(place === undefined ? {} : { place }),
  ...(supersedes === undefined ? {} : { supersedes }),
  processedAt,
});

const processing = ({ requestId, couponId, userId }: Omit<Admission, 'at'>): IssueStatus => ({
  requestId,
  couponId,
  userId,
  status: 'PROCESSING',
  processedAt: null,
});

const isFinal = ({ status }: IssueStatus): boolean => status !== 'PROCESSING';

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

/** The log is not searched while more than this waits to be decided: too much to read for one 404. */
const MOST_UNDECIDED = 5_000;

/**
 * The issue requests in the log with an id. A gate that lost its memory is loaded with what was in the log at that moment:
 * it does not know a request whose publishing took longer.
 */
const inLog =
  ({ messageLog }: IssueStatusPorts) =>
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

/** That very request: the read model, else the gate, else the log, else, when all are known to be complete, nothing. */
const exactly =
  (ports: IssueStatusPorts) =>
  (couponId: string, userId: string, requestId: string): TE.TaskEither<IssueStatusError, IssueStatus> => {
    const reader = liveReader(ports.readModels);
    const ids = answeringIds(couponId, { asks: 'ISSUE', userId }, requestId);
    const read = F.pipe(
      reader.getMany(couponOutcomes, ids),
      TE.map((found): O.Option<CouponOutcome> => found.find(O.isSome) ?? O.none),
    );
    return async () => {
      const first = await read();
      if (E.isLeft(first)) return UNAVAILABLE;
      if (O.isSome(first.right) && !isAbandoned(first.right.value)) return E.right(decided(first.right.value));
      const pending = await ports.gate.isPending({ couponId, userId, requestId })();
      if (E.isLeft(pending)) return UNAVAILABLE;
      if (pending.right) return E.right(processing({ couponId, userId, requestId }));
      if (O.isSome(first.right)) return E.right(decided(first.right.value));
      const waiting = await inLog(ports)(requestId)();
      if (E.isLeft(waiting)) return UNAVAILABLE;
      if (waiting.right.some((each) => each.couponId === couponId && each.userId === userId))
        return E.right(processing({ couponId, userId, requestId }));
      // A request that left the log meanwhile was decided before: if the read model has none, it was never accepted.
      const last = await readAtHead(ports)(couponOutcomes, read, O.isSome)();
      if (E.isLeft(last)) return UNAVAILABLE;
      return O.isSome(last.right) ? E.right(decided(last.right.value)) : E.left({ code: 'REQUEST_NOT_FOUND' });
    };
  };

/** The only request of this id, among those the asker may mean. */
const byId =
  (ports: IssueStatusPorts) =>
  ({ requestId, couponId, userId }: RequestAsked): TE.TaskEither<IssueStatusError, IssueStatus> => {
    const reader = liveReader(ports.readModels);
    const isMeant = (each: Candidate): boolean =>
      (couponId === undefined || each.status.couponId === couponId) &&
      (userId === undefined || each.isAnybodys || each.status.userId === userId);
    const most = couponId === undefined && userId === undefined ? SEVERAL : Infinity;
    const read = F.pipe(
      reader.within(couponOutcomes, underRequestId(requestId), most),
      TE.map((found) => found.map(known).filter(isMeant)),
    );
    return async () => {
      const first = await read();
      if (E.isLeft(first)) return UNAVAILABLE;
      const isFirstFinal = first.right.length > 0 && !first.right.some(({ isGivenUp }) => isGivenUp);
      if (isFirstFinal && GIVEN_OUT.test(requestId)) return only(first.right);
      const pending = await ports.gate.pending(requestId)();
      if (E.isLeft(pending)) return UNAVAILABLE;
      const isKnown = first.right.length > 0 || pending.right.length > 0;
      const logged = isKnown ? E.right([]) : await inLog(ports)(requestId)();
      if (E.isLeft(logged)) return UNAVAILABLE;
      const waiting = [...pending.right, ...logged.right].map(accepted).filter(isMeant);
      const isAskedAgain = ({ isGivenUp, status }: Candidate): boolean =>
        isGivenUp && waiting.some((each) => isOfSame(status, each.status));
      const others = first.right.filter((each) => !isAskedAgain(each));
      if (waiting.length > 0) return only([...others, ...waiting]);
      // Somebody else's request of this id may be decided, and not be visible yet.
      const all = await readAtHead(ports)(couponOutcomes, read)();
      return E.isLeft(all) ? UNAVAILABLE : only(all.right);
    };
  };

/**
 * What became of a request, once it is final or as it is when the time is over. An accepted request is always found. Asked
 * for with its coupon and user, it is that very request; with less, the only one there is, and never one of several.
 */
export const issueStatus = (ports: IssueStatusPorts): IssueStatusById => {
  const [exact, any, wait] = [exactly(ports), byId(ports), awaitOutcome(ports)];
  return (asked, waiting = { waitMs: 0 }) =>
    async () => {
      const first = await (
        asked.couponId !== undefined && asked.userId !== undefined
          ? exact(asked.couponId, asked.userId, asked.requestId)
          : any(asked)
      )();
      if (E.isLeft(first) || isFinal(first.right) || first.right.userId === null || waiting.waitMs <= 0) return first;
      // Waits for the request that was pending at first.
      const { requestId, couponId, userId } = first.right;
      const id = couponOutcomeId(couponId, { asks: 'ISSUE', userId }, requestId);
      return wait({ view: couponOutcomes.name, id, read: exact(couponId, userId, requestId), isFinal, ...waiting })();
    };
};
