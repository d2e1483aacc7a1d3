import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { awaitOutcome } from '../kernel/outcome/await-outcome.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { readAtHead } from '../kernel/projection/read-at-head.js';
import { answeringIds, type CouponOutcome, couponOutcomeId, couponOutcomes, isAbandoned } from './coupon-outcomes.js';
import { mayAnswer } from './coupon-aggregate.js';
import { heldUnder } from './held-under.js';
import {
  decided,
  type IssueStatus,
  type IssueStatusError,
  type IssueStatusPorts,
  processing,
  type RequestAsked,
  type Waiting,
} from './request-status.js';
import { statusByRequestId, undecidedIssueRequests } from './status-by-request-id.js';

export type IssueStatusById = (asked: RequestAsked, waiting?: Waiting) => TE.TaskEither<IssueStatusError, IssueStatus>;

const isFinal = ({ status }: IssueStatus): boolean => status !== 'PROCESSING';

const UNAVAILABLE = E.left({ code: 'UNAVAILABLE' } as const);

/** The outcome of that very request, as the view shows it. */
const readOutcome = (
  { readModels }: Pick<IssueStatusPorts, 'readModels'>,
  { couponId, userId, requestId }: Required<RequestAsked>,
): TE.TaskEither<'ReadModelsUnavailable', O.Option<CouponOutcome>> =>
  F.pipe(
    liveReader(readModels).getMany(couponOutcomes, answeringIds(couponId, { asks: 'ISSUE', userId }, requestId)),
    TE.map((found) => found.find(O.isSome) ?? O.none),
  );

/**
 * That very request. It is looked for in the read model, in the gate, and then in the read model as of now, because most requests
 * that the gate no longer knows were decided a moment ago; then in the log, and among those set aside, which a gate that was wiped has
 * forgotten. It is not found only when all of these are complete.
 */
const exactly = (ports: IssueStatusPorts) => {
  const [reader, atHead] = [liveReader(ports.readModels), readAtHead(ports)];
  return (couponId: string, userId: string, requestId: string): TE.TaskEither<IssueStatusError, IssueStatus> => {
    const read = readOutcome(ports, { couponId, userId, requestId });
    const readNow = atHead(couponOutcomes, read, {
      isEnough: O.isSome,
      mayLack: (streamId) => mayAnswer(streamId, couponId),
    });
    return async () => {
      const first = await read();
      if (E.isLeft(first)) return UNAVAILABLE;
      if (O.isSome(first.right) && !isAbandoned(first.right.value)) return E.right(decided(first.right.value));
      const pending = await ports.gate.isPending({ couponId, userId, requestId })();
      if (E.isLeft(pending)) return UNAVAILABLE;
      if (pending.right) return E.right(processing({ couponId, userId, requestId }));
      if (O.isSome(first.right)) return E.right(decided(first.right.value));
      // If the view is too far behind to show it, the log tells.
      const soon = await readNow();
      if (E.isRight(soon) && O.isSome(soon.right)) return E.right(decided(soon.right.value));
      const waiting = await undecidedIssueRequests(ports.messageLog)(requestId)();
      if (E.isLeft(waiting)) return UNAVAILABLE;
      if (waiting.right.some((each) => each.couponId === couponId && each.userId === userId))
        return E.right(processing({ couponId, userId, requestId }));
      // A request that left the log meanwhile was decided before: if the read model has none, it was never accepted.
      const last = await readNow();
      if (E.isLeft(last)) return UNAVAILABLE;
      if (O.isSome(last.right)) return E.right(decided(last.right.value));
      const kept = await heldUnder(reader)({ requestId, userId, couponId })();
      if (E.isLeft(kept)) return UNAVAILABLE;
      if (O.isSome(kept.right)) return E.right(kept.right.value);
      const isSetAside = await F.pipe(
        ports.setAside,
        TE.flatMap((asks) => asks({ couponId, userId, requestId })),
      )();
      if (E.isLeft(isSetAside)) return UNAVAILABLE;
      return isSetAside.right
        ? E.right(processing({ couponId, userId, requestId }))
        : E.left({ code: 'REQUEST_NOT_FOUND' });
    };
  };
};

/** A request that was pending a moment ago: the first look asks the view alone, because the gate has just been asked. */
const afterPending = (
  ports: IssueStatusPorts,
  pending: IssueStatus & { readonly userId: string },
  exact: TE.TaskEither<IssueStatusError, IssueStatus>,
): TE.TaskEither<IssueStatusError, IssueStatus> => {
  const read = readOutcome(ports, pending);
  let isFirst = true;
  return async () => {
    const found = await read();
    if (E.isLeft(found)) return UNAVAILABLE;
    if (O.isSome(found.right) && !isAbandoned(found.right.value)) return E.right(decided(found.right.value));
    if (O.isSome(found.right) || !isFirst) return exact();
    isFirst = false;
    return E.right(pending);
  };
};

/**
 * What became of a request, once it is final or as it is when the time is over. An accepted request is always found. Asked
 * for with its coupon and user, it is that very request; with less, the only one there is, and never one of several.
 */
export const issueStatus = (ports: IssueStatusPorts): IssueStatusById => {
  const [exact, byIdAlone, wait] = [exactly(ports), statusByRequestId(ports), awaitOutcome(ports)];
  return (asked, waiting = { waitMs: 0 }) =>
    async () => {
      const first = await (
        asked.couponId !== undefined && asked.userId !== undefined
          ? exact(asked.couponId, asked.userId, asked.requestId)
          : byIdAlone(asked)
      )();
      if (E.isLeft(first) || isFinal(first.right) || first.right.userId === null || waiting.waitMs <= 0) return first;
      const { requestId, couponId, userId } = first.right;
      const id = couponOutcomeId(couponId, { asks: 'ISSUE', userId }, requestId);
      const read = afterPending(ports, { ...first.right, userId }, exact(couponId, userId, requestId));
      return wait({ view: couponOutcomes.name, id, read, isFinal, ...waiting })();
    };
};
