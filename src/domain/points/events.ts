import { type Instant } from '../time.js';

/** Amounts in the currency's smallest unit. */
export interface PointsCharged {
  readonly type: 'PointsCharged';
  readonly userId: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly at: Instant;
}

interface PointsOfOrder {
  readonly userId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly at: Instant;
}

/** Set aside for an order that is not paid yet. */
export interface PointsReserved extends PointsOfOrder {
  readonly type: 'PointsReserved';
  /** Should there be no such order by then, they are free again. */
  readonly expiresAt: Instant;
  /** For which attempt to place the order they were taken, or for which late payment. */
  readonly takenBy?: string;
}

/** Another call places the same order: from here on none of them alone gives the points back. Earlier versions recorded it. */
export interface PointsReservationShared extends PointsOfOrder {
  readonly type: 'PointsReservationShared';
  readonly expiresAt: Instant;
}

export type PointsReleased = PointsOfOrder & { readonly type: 'PointsReleased' };

export type PointsDeducted = PointsOfOrder & { readonly type: 'PointsDeducted' };

export type PointsRefunded = PointsOfOrder & { readonly type: 'PointsRefunded' };

/** Nothing is set aside for this attempt to place the order, or for this late payment, and nothing will be: it is over. */
export interface PointsUseEnded {
  readonly type: 'PointsUseEnded';
  readonly userId: string;
  readonly orderId: string;
  readonly takenBy: string;
  readonly at: Instant;
}

export type PointsEvent =
  | PointsCharged
  | PointsReserved
  | PointsReservationShared
  | PointsReleased
  | PointsDeducted
  | PointsRefunded
  | PointsUseEnded;
