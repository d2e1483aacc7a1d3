/**
 * Goods, coupon and points are taken under a name: that of an attempt to place the order, or of a payment that came after the order
 * had expired. A request to give them back carries the name, so that it only affects what was taken under it, however late it is
 * decided.
 */
export const forAttempt = (attempt: number): string => `placing-${attempt}`;
/** The first late payment of an order is 1. */
export const forLatePayment = (latePayment: number): string => `paying-${latePayment}`;

const numberIn = (name: RegExp, takenBy: string | null | undefined): number =>
  Number(name.exec(takenBy ?? '')?.[1] ?? 0);

/** For which late payment it was taken; 0: when the order was placed. */
export const latePaymentOf = (takenBy: string | null | undefined): number => numberIn(/^paying-(\d+)$/, takenBy);
const attemptOf = (takenBy: string | null): number => numberIn(/^placing-(\d+)$/, takenBy);

/** The attempts to place an order come first, by their number; then its late payments, by theirs. Any other name is earlier than all of them. */
const isLater = (by: string, takenBy: string | null): boolean => {
  const [latePayment, before] = [latePaymentOf(by), latePaymentOf(takenBy)];
  return latePayment === before ? attemptOf(by) > attemptOf(takenBy) : latePayment > before;
};

/**
 * Whether a later attempt or late payment takes over what an order still has, so that a request to give back what was taken before does
 * not affect it. Something without a name belongs to a placed order, or to several calls: only a late payment takes that over.
 */
export const isTakenAnew = (takenBy: string | null, by: string | undefined): boolean =>
  by !== undefined && isLater(by, takenBy) && (takenBy !== null || latePaymentOf(by) > 0);

/** For calls of versions that did not number their attempts: it is not known which of two came later, so neither gives back what both rely on. */
export const isShared = (takenBy: string | null, by: string | undefined): boolean =>
  by !== undefined && takenBy !== null && by !== takenBy && !isLater(by, takenBy) && !isLater(takenBy, by);

/** Whether an order may take again what it gave back: for a later attempt or late payment, but not for a request of an earlier one. */
export const mayTakeAgain = (takenBy: string | null, by: string | undefined, again = false): boolean =>
  by === undefined ? again : isLater(by, takenBy);

/** What is over and gives back what it took: an attempt to place the order, or the order. */
export interface Over {
  /** The attempt that failed, and all before it. Absent: the order is off. */
  readonly takenBy?: string;
  /** What a late payment with a higher number took is not given back. Absent: all that the order has is. */
  readonly latePayments?: number;
}

/**
 * Under which name nothing may be taken any more, where something still could: whoever is slow to take it finds that recorded. Null: nobody
 * takes it late, because an order that never ran out had everything before it was placed.
 */
export const toEnd = ({ takenBy: by, latePayments = 0 }: Over, takenBy: string | null): string | null => {
  const over = by ?? (latePayments > 0 ? forLatePayment(latePayments) : null);
  return over !== null && isLater(over, takenBy) ? over : null;
};

/**
 * Whether something is given back together with what was taken for `by`. When `by` is over, so is everything before it, so this includes
 * what a slow process takes for an earlier attempt. Something without a name is not given back.
 */
export const isGivenBackWith = (by: string | undefined, takenBy: string | null): boolean =>
  by !== undefined && takenBy !== null && (by === takenBy || isLater(by, takenBy));
