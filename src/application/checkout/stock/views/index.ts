import { type Projection, projectionOf } from '../../../kernel/projection/projection.js';
import { productsView } from './products.js';
import { stockHoldsView } from './stock-holds.js';

/** Every view of this context. */
export const stockProjections: ReadonlyArray<Projection> = [projectionOf(productsView), projectionOf(stockHoldsView)];
