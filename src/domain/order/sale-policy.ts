/** What a shop does where there is a choice; data, so that it can be read, tested and changed in one place. */
export interface SalePolicy {
  /** A payment that came after the hold had run out: take the goods again if they are still there, or give the money back. */
  readonly latePayment: 'REACQUIRE' | 'REFUND';
  /** So many payments may be declined before the order fails; until then it can be paid otherwise. */
  readonly declinesAllowed: number;
}

export const defaultPolicy: SalePolicy = { latePayment: 'REACQUIRE', declinesAllowed: 3 };
