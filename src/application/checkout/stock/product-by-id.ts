import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Ports } from '../../ports/ports.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type ProductDocument, productsView } from './views/products.js';

export interface ProductSeen extends ProductDocument {
  /** On hand and not held. */
  readonly available: number;
  /** SOLD_OUT: nothing can be ordered now. */
  readonly status: 'AVAILABLE' | 'SOLD_OUT';
}

export const seeProduct = (product: ProductDocument): ProductSeen => {
  const available = product.onHand - product.held;
  return { ...product, available, status: product.isClosed || available <= 0 ? 'SOLD_OUT' : 'AVAILABLE' };
};

export type ProductError = { readonly code: 'PRODUCT_NOT_FOUND' | 'UNAVAILABLE' };

export type ProductById = (productId: string) => TE.TaskEither<ProductError, ProductSeen>;

export const productById = ({ readModels }: Pick<Ports, 'readModels'>): ProductById => {
  const reader = liveReader(readModels);
  return (productId) => async () => {
    const found = await reader.get(productsView, productId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isNone(found.right)) return E.left({ code: 'PRODUCT_NOT_FOUND' });
    return E.right(seeProduct(found.right.value));
  };
};
