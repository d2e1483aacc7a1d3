/**
 * For what goods, coupon and points are taken has a name: an attempt to place the order, or a payment that came after it had run
 * out. By it a request to give them back ends only what it means, however late it is decided.
 */
export const forAttempt = (attempt: number): string => `placing-${attempt}`;
/** The first late payment of an order is 1. */
export const forLatePayment = (latePayment: number): string => `paying-${latePayment}`;

const numberIn = (name: RegExp, takenBy: string | null | undefined): number =>
  Number(name.exec(takenBy ?? '')?.[1] ?? 0);

/** For which late payment it was taken; 0: when the order was placed. */
export const latePaymentOf = (takenBy: string | null | undefined): number => numberIn(/^paying-(\d+)$/, takenBy);
const attemptOf = (takenBy: string | null): number => numberIn(/^placing-(\d+)$/, takenBy);

/** First come the attempts to place an order, by their number, then its late payments, by theirs. Any other name is earlier than all of them. */
const isLater = (by: string, takenBy: string | null): boolean => {
  const [latePayment, before] = [latePaymentOf(by), latePaymentOf(takenBy)];
  return latePayment === before ? attemptOf(by) > attemptOf(takenBy) : latePayment > before;
};

/**
 * Whether what an order still has is taken anew: a later attempt or late payment takes it for itself, so that a request to give back
 * what was taken before does not mean it. What has no name belongs to an order that stands, or to several calls: only a late payment
 * takes that over.
 */
export const isTakenAnew = (takenBy: string | null, by: string | undefined): boolean =>
  by !== undefined && isLater(by, takenBy) && (takenBy !== null || latePaymentOf(by) > 0);

/** Calls of versions that did not number the attempts: nobody knows which of two came later, so neither may give back what both rely on. */
export const isShared = (takenBy: string | null, by: string | undefined): boolean =>
  by !== undefined && takenBy !== null && by !== takenBy && !isLater(by, takenBy) && !isLater(takenBy, by);

/** Whether an order may take again what it gave back: for a later attempt or late payment, not by a late request of an earlier one. */
export const mayTakeAgain = (takenBy: string | null, by: string | undefined, again: boolean): boolean =>
  by === undefined ? again : isLater(by, takenBy);

/**
 * Whether something is given back together with what was taken for `by`. When `by` is over, so is all that came before it: what a slow
 * process takes for an earlier attempt by then is given back too. What has no name is not.
 */
export const isGivenBackWith = (by: string | undefined, takenBy: string | null): boolean =>
  by !== undefined && takenBy !== null && (by === takenBy || isLater(by, takenBy));
