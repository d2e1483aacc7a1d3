import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type ProductDocument, productsView } from './views/products.js';
import { type StockAuditEntry, stockAuditView } from './views/stock-audit.js';

export interface ProductSeen extends ProductDocument {
  /** On hand and not held. */
  readonly available: number;
  /** SOLD_OUT: nothing can be ordered now. */
  readonly status: 'AVAILABLE' | 'SOLD_OUT';
}

/** A product as queries see it. */
export const seeProduct = (product: ProductDocument): ProductSeen => {
  const available = product.onHand - product.held;
  return { ...product, available, status: product.isClosed || available <= 0 ? 'SOLD_OUT' : 'AVAILABLE' };
};

export type ProductError = { readonly code: 'PRODUCT_NOT_FOUND' | 'UNAVAILABLE' };

export type ProductById = (productId: string) => TE.TaskEither<ProductError, ProductSeen>;

export const productById = ({ readModels }: { readonly readModels: ReadModels }): ProductById => {
  const reader = liveReader(readModels);
  return (productId) => async () => {
    const found = await reader.get(productsView, productId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isNone(found.right)) return E.left({ code: 'PRODUCT_NOT_FOUND' });
    return E.right(seeProduct(found.right.value));
  };
};

/** A product's ledger from its beginning, page by page. 'INVALID_CURSOR': it is of no page before. */
export type StockAudit = (request: {
  readonly productId: string;
  readonly limit: number;
  readonly cursor?: string;
}) => TE.TaskEither<
  ProductError | { readonly code: 'INVALID_CURSOR' },
  { readonly items: ReadonlyArray<StockAuditEntry>; readonly nextCursor: string | null }
>;

export const stockAudit = ({ readModels }: { readonly readModels: ReadModels }): StockAudit => {
  const reader = liveReader(readModels);
  const byId = productById({ readModels });
  return ({ productId, ...page }) =>
    async () => {
      const product = await byId(productId)();
      if (E.isLeft(product)) return product;
      const found = await reader.page(stockAuditView, { index: 'by-product', key: productId, ...page })();
      if (E.isRight(found)) return found;
      return E.left({ code: found.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE' });
    };
};
