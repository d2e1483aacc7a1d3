import { function as F, taskEither as TE } from 'fp-ts';
import { type Admission, type AdmissionGate, type Admitted } from '../ports/admission-gate.js';
import { type Clock } from '../ports/clock.js';
import { type Ids } from '../ports/ids.js';
import { type MessageLog, type PublishError } from '../ports/message-log.js';
import { COUPON_ISSUE_REQUESTS } from '../messaging/topics.js';
import { couponRequestMessage } from './coupon-request-message.js';

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
}

export type RequestCouponError =
  | { readonly code: 'COUPON_NOT_FOUND' | 'SOLD_OUT' | 'CLOSED' | 'PAUSED' }
  | { readonly code: 'NOT_OPEN'; readonly opensAt: number | null }
  | { readonly code: 'ALREADY_REQUESTED'; readonly requestId: string }
  /** Nothing was accepted, nothing is held: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It may have been accepted: ask for `requestId`, or repeat with it. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

export interface RequestCouponPorts {
  readonly gate: AdmissionGate;
  readonly log: MessageLog;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Accepts at once, decides nothing: a place at the gate, then the log. */
export type RequestCoupon = (request: CouponRequest) => TE.TaskEither<RequestCouponError, Accepted>;
