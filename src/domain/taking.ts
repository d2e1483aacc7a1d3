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
