/**
 * STOCK_MISMATCH: a gate or a view counts differently from the events. SEQUENCE_GAP: an event is missing, or somebody has seen
 * one that does not exist. LEAKED_RESERVATION: a place is held for a request that is nowhere, or goods for an order that does not
 * stand. BROKEN_PROMISE: an order was answered, and its goods were given back. STALE_VIEW: a view does not follow the events,
 * or shows something else. GATEWAY_PAYMENT_REUSED: one payment of the gateway was to pay several. PARKED_STREAM: somebody
 * skips a stream that it cannot read, or what it is about cannot be judged.
 */
export type FindingKind =
  | 'STOCK_MISMATCH'
  | 'SEQUENCE_GAP'
  | 'LEAKED_RESERVATION'
  | 'BROKEN_PROMISE'
  | 'STALE_VIEW'
  | 'GATEWAY_PAYMENT_REUSED'
  | 'PARKED_STREAM';

export interface Finding {
  readonly kind: FindingKind;
  /** The coupon, request, order or view it is about. */
  readonly subject: string;
  readonly detail: string;
  readonly remedy: Remedy;
}

/** NONE: the events themselves are wrong; nothing here may touch them. */
export type Remedy =
  | { readonly action: 'DROP_GATE'; readonly couponId: string }
  | {
      readonly action: 'VOID';
      readonly couponId: string;
      readonly userId: string;
      readonly requestId: string;
    }
  /** `takenBy`: for what it was taken when it was found; null where that is not known. */
  | {
      readonly action: 'RELEASE_HOLD';
      readonly productId: string;
      readonly orderId: string;
      readonly takenBy: string | null;
    }
  /** What it owes or has to give back is carried out. */
  | { readonly action: 'DRIVE_ORDER'; readonly orderId: string }
  | { readonly action: 'REBUILD_VIEW'; readonly view: string }
  | { readonly action: 'NONE' };
