/** What a shop does where there is a choice: data, recorded with the product it is sold under. */
export interface SalePolicy {
  /** A payment that came after the hold had run out: take the goods again if they are still there, or give the money back. */
  readonly latePayment: 'REACQUIRE' | 'REFUND';
  /**
   * Once the last of a product has been bought, what comes back from cancelled orders: is for sale again, or stays on the
   * shelf until a delivery opens the sale anew. A hold that runs out before that is always for sale again.
   */
  readonly soldOut: 'REOPEN' | 'STAY_CLOSED';
  /** Until when its user may cancel an order; operators may until it is shipped. */
  readonly cancel: 'UNTIL_SHIPPED' | 'UNTIL_PAID';
}

/** Of products that were created before there was a choice, too. */
export const defaultPolicy: SalePolicy = { latePayment: 'REACQUIRE', soldOut: 'REOPEN', cancel: 'UNTIL_SHIPPED' };

/** What of it concerns an order as a whole. */
export type OrderPolicy = Pick<SalePolicy, 'latePayment' | 'cancel'>;

/** An order is bought under the strictest of its products' policies. */
export const strictest = (policies: ReadonlyArray<OrderPolicy>): OrderPolicy => ({
  latePayment: policies.some(({ latePayment }) => latePayment === 'REFUND') ? 'REFUND' : 'REACQUIRE',
  cancel: policies.some(({ cancel }) => cancel === 'UNTIL_PAID') ? 'UNTIL_PAID' : 'UNTIL_SHIPPED',
});
