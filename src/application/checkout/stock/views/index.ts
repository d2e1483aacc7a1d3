import { type Projection, projectionOf } from '../../../kernel/projection/projection.js';
import { productsView } from './products.js';
import { stockHoldsView } from './stock-holds.js';

export const stockProjections: ReadonlyArray<Projection> = [projectionOf(productsView), projectionOf(stockHoldsView)];
