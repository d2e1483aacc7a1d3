import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { type UndecidedPorts } from '../kernel/messaging/undecided.js';
import { DONE } from '../kernel/outcome/outcomes.js';
import { type ReadAtHeadPorts } from '../kernel/projection/read-at-head.js';
import { type Admission, type AdmissionGate } from '../ports/admission-gate.js';
import { type CouponOutcome } from './coupon-outcomes.js';
import { type SetAside } from './set-aside.js';

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

export interface IssueStatusPorts extends ReadAtHeadPorts {
  readonly messageLog: UndecidedPorts;
  readonly gate: Pick<AdmissionGate, 'pending' | 'isPending' | 'requestOf'>;
  readonly setAside: SetAside;
}

const statusOf = (result: CouponOutcome['result']): IssueStatus['status'] => {
  if (result === DONE) return 'SUCCESS';
  return result === 'ALREADY_ISSUED' || result === 'OUT_OF_STOCK' ? result : 'FAILED';
};

/** A request as its outcome tells it. */
export const decided = ({
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

/** A request that waits to be decided. */
export const processing = ({ requestId, couponId, userId }: Omit<Admission, 'at'>): IssueStatus => ({
  requestId,
  couponId,
  userId,
  status: 'PROCESSING',
  processedAt: null,
});
