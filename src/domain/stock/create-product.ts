import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type ProductCreated, type StockEvent } from './events.js';
import { type Stock } from './stock.js';

export type CreateProduct = CommandFrom<ProductCreated, 'CreateProduct'>;

export type CreateProductRejection = 'PRODUCT_EXISTS';

export const createProduct = (
  { type: _, ...product }: CreateProduct,
  stock: Stock,
): Decided<StockEvent, CreateProductRejection> =>
  stock.status === 'Unknown' ? E.right([{ type: 'ProductCreated', ...product }]) : E.left('PRODUCT_EXISTS');
