/** AMOUNT is in the currency's smallest unit; PERCENT is 1–100 of the order's total. */
export interface Discount {
  readonly kind: 'AMOUNT' | 'PERCENT';
  readonly value: number;
}
