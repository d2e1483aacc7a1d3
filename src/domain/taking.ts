/**
 * For what goods, coupon and points are taken has a name: an attempt to place the order, or a payment that came after it had run
 * out. By it a request to give them back ends only what it means, however late it is decided.
 */
export const forAttempt = (attempt: number): string => `placing-${attempt}`;
/** The first late payment of an order is 1. */
export const forLatePayment = (latePayment: number): string => `paying-${latePayment}`;

/** For which late payment it was taken; 0: when the order was placed. */
export const latePaymentOf = (takenBy: string | null | undefined): number =>
  Number(/^paying-(\d+)$/.exec(takenBy ?? '')?.[1] ?? 0);

/**
 * What becomes of something that an order has when it is asked for once more for the same order. `Anew`: a later payment
 * takes it for itself, so that whoever gives back what the expired order had does not mean it. `Shared`: another attempt to place
 * the order relies on it too, and none of them alone gives it back. `Same`: it is as it was.
 */
export const askedForAgain = (takenBy: string | null, by: string | undefined): 'Anew' | 'Shared' | 'Same' => {
  if (latePaymentOf(by) > latePaymentOf(takenBy)) return 'Anew';
  const isOfAnotherAttempt = by !== undefined && takenBy !== null && takenBy !== by;
  return isOfAnotherAttempt && latePaymentOf(takenBy) === 0 ? 'Shared' : 'Same';
};
