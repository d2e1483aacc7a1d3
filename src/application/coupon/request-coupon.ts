import { either as E, type taskEither as TE } from 'fp-ts';
import { notPublished } from '../kernel/messaging/not-published.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { type Admission, type AdmissionGate, type Admitted } from '../ports/admission-gate.js';
import { type MessageLog } from '../ports/message-log.js';
import { type Ports } from '../ports/ports.js';
import { type IssueReceipt } from '../kernel/history/issue-receipts.js';
import { couponRequestMessage } from './coupon-request-message.js';
import { type TakeUnguarded } from './unguarded-places.js';

export interface CouponRequest {
  readonly couponId: string;
  readonly userId: string;
  /** The client's own, if it has one; a repeated request is then answered as the first. */
  readonly requestId?: string;
  readonly correlationId: string;
}

export interface Accepted {
  readonly requestId: string;
  readonly couponId: string;
  readonly userId: string;
  /** Absent only while nobody can sign one. */
  readonly receipt?: string;
}

export type RequestCouponError =
  | { readonly code: 'COUPON_NOT_FOUND' | 'SOLD_OUT' | 'CLOSED' | 'PAUSED' }
  | { readonly code: 'NOT_OPEN'; readonly opensAt: number | null }
  | { readonly code: 'ALREADY_REQUESTED'; readonly requestId: string }
  /** Nothing was accepted, nothing is held: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It may have been accepted: ask for `requestId`, or repeat with it. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

export interface RequestCouponPorts extends Pick<Ports, 'gate' | 'clock' | 'ids'> {
  readonly log: MessageLog;
  readonly issueReceipt: IssueReceipt;
  /** Asked where the gate is away. */
  readonly unguarded: TakeUnguarded;
}

/** Accepts at once, decides nothing: a place at the gate, then the log. */
export type RequestCoupon = (request: CouponRequest) => TE.TaskEither<RequestCouponError, Accepted>;

/**
 * What stands at the gate for this request. `Reserved` by this very call: it may be undone. `Repeated`: an earlier
 * call reserved it, and may have published it. `Unguarded`: the gate is away, the aggregate decides alone.
 */
type Standing = 'Reserved' | 'Repeated' | 'Unguarded';

const standing = (
  admitted: E.Either<'GateUnavailable', Admitted>,
  requestId: string,
): E.Either<RequestCouponError, Standing> => {
  if (E.isLeft(admitted)) return E.right('Unguarded');
  const answer = admitted.right;
  switch (answer.answer) {
    case 'Admitted':
      return E.right('Reserved');
    case 'AlreadyRequested':
      return answer.requestId === requestId
        ? E.right('Repeated')
        : E.left({ code: 'ALREADY_REQUESTED', requestId: answer.requestId });
    case 'SoldOut':
      return E.left({ code: 'SOLD_OUT' });
    case 'NotOpen':
      return E.left({ code: 'NOT_OPEN', opensAt: answer.opensAt });
    case 'Closed':
      return E.left({ code: 'CLOSED' });
    case 'Paused':
      return E.left({ code: 'PAUSED' });
    case 'CouponNotFound':
      return E.left({ code: 'COUPON_NOT_FOUND' });
  }
};

const refusal = (place: Awaited<ReturnType<TakeUnguarded>>): RequestCouponError | null => {
  switch (place) {
    case 'Go':
      return null;
    case 'Full':
      return { code: 'OVERLOADED' };
    case 'SoldOut':
      return { code: 'SOLD_OUT' };
    case 'NotFound':
      return { code: 'COUPON_NOT_FOUND' };
  }
};

/** Younger than what `releaseLeaked` asks the writer to settle, by more than a publish may take. */
const REPEATABLE_MS = 20_000;

/**
 * A request that has been pending for long may be abandoned at any moment, and a message published now would then be rejected,
 * although its user was told that it was accepted. Once the old request is settled, the user can ask again.
 */
const isBeingSettled = async (
  gate: AdmissionGate,
  { couponId, userId, requestId, at }: Admission,
): Promise<boolean> => {
  const pending = await gate.pending(requestId)();
  if (E.isLeft(pending)) return false;
  const own = pending.right.find((each) => each.couponId === couponId && each.userId === userId);
  return own !== undefined && own.at < at - REPEATABLE_MS;
};

/**
 * A repeated request is published again: that its first message arrived is not known here, and a second one changes
 * nothing. Undone is only what this call reserved and is known not to have published; what it could not undo, or does
 * not know, is settled by `releaseLeaked`.
 */
export const requestCoupon =
  ({ gate, log, clock, ids, issueReceipt, unguarded }: RequestCouponPorts): RequestCoupon =>
  ({ couponId, userId, requestId = ids.next(), ...tracing }) =>
  async () => {
    const admission: Admission = { couponId, userId, requestId, at: clock.now() };
    const stands = standing(await gate.reserve(admission)(), requestId);
    if (E.isLeft(stands)) return stands;
    if (stands.right === 'Repeated' && (await isBeingSettled(gate, admission)))
      return E.left({ code: 'OUTCOME_UNKNOWN', requestId });

    const refused = stands.right === 'Unguarded' ? refusal(await unguarded(couponId)) : null;
    if (refused !== null) return E.left(refused);

    const published = await log.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(admission, tracing))();
    if (E.isRight(published)) {
      // Best effort: should the gate be back already, it can tell that this request is pending.
      if (stands.right === 'Unguarded') await gate.restore(admission)();
      const place = { topic: COUPON_ISSUE_REQUESTS, ...published.right };
      const receipt = await issueReceipt({ accepted: 'COUPON_REQUEST', ...admission, ...place });
      return E.right({ requestId, couponId, userId, ...(receipt !== null && { receipt }) });
    }
    const code = notPublished[published.left];
    if (code === 'OUTCOME_UNKNOWN') return E.left({ code, requestId });
    if (stands.right === 'Reserved') await gate.release(admission)();
    return E.left({ code });
  };
