import { either as E } from 'fp-ts';
import { type ChallengePolicy } from '../challenge-policy.js';
import { type SalePolicy } from '../sale-policy.js';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { type PurchaseLimits } from './purchase-limits.js';
import { type Stock } from './stock.js';

export interface CreateProduct {
  readonly type: 'CreateProduct';
  readonly productId: string;
  readonly name: string;
  readonly price: number;
  readonly stock: number;
  readonly eventId: string | null;
  readonly policy: SalePolicy;
  readonly limits: PurchaseLimits;
  readonly challenge: ChallengePolicy;
  readonly at: Instant;
}

export type CreateProductRejection = 'PRODUCT_EXISTS';

export const createProduct = (
  { type: _, ...product }: CreateProduct,
  stock: Stock,
): E.Either<CreateProductRejection, ReadonlyArray<StockEvent>> =>
  stock.status === 'Unknown' ? E.right([{ type: 'ProductCreated', ...product }]) : E.left('PRODUCT_EXISTS');
