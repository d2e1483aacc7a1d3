import { either as E } from 'fp-ts';
import { type ChallengePolicy } from '../challenge-policy.js';
import { type CommandFrom, type Decided } from '../decider.js';
import { type ProductTermsChanged, type StockEvent } from './events.js';
import { type PurchaseLimits } from './purchase-limits.js';
import { type Stock } from './stock.js';

/** What is not named stays as it is. */
export interface ChangedProductTerms {
  readonly limits?: Partial<PurchaseLimits>;
  readonly challenge?: ChallengePolicy;
}

export type ChangeTerms = ChangedProductTerms &
  CommandFrom<Omit<ProductTermsChanged, keyof ChangedProductTerms>, 'ChangeTerms'>;

export type ChangeTermsRejection = 'PRODUCT_NOT_FOUND';

/** Counts from now on, for what users have already too; nobody loses anything. */
export const changeTerms = (
  { type: _, limits, ...change }: ChangeTerms,
  stock: Stock,
): Decided<StockEvent, ChangeTermsRejection> => {
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  const merged = limits === undefined ? {} : { limits: { ...stock.limits, ...limits } };
  return E.right([{ type: 'ProductTermsChanged', ...change, ...merged }]);
};
