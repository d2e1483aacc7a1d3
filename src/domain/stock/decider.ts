import { type Decider } from '../decider.js';
import { changeTerms, type ChangeTerms, type ChangeTermsRejection } from './change-terms.js';
import { createProduct, type CreateProduct, type CreateProductRejection } from './create-product.js';
import { type DeductRejection, deductStock, type DeductStock } from './deduct-stock.js';
import { type StockEvent } from './events.js';
import { evolve } from './evolve.js';
import { extendHold, type ExtendHold, type ExtendRejection } from './extend-hold.js';
import { expireHolds, type ExpireHolds } from './expire-holds.js';
import { type ReceiveRejection, receiveStock, type ReceiveStock } from './receive-stock.js';
import { releaseStock, type ReleaseStock } from './release-stock.js';
import { type ReserveRejection, reserveStock, type ReserveStock } from './reserve-stock.js';
import { restoreHolds, type RestoreHolds } from './restore-holds.js';
import { restoreStock, type RestoreStock } from './restore-stock.js';
import { type Stock, unknownStock } from './stock.js';

export type StockCommand =
  | CreateProduct
  | ChangeTerms
  | ReceiveStock
  | ReserveStock
  | ExtendHold
  | ReleaseStock
  | DeductStock
  | RestoreStock
  | RestoreHolds
  | ExpireHolds;

export type StockRejection =
  | CreateProductRejection
  | ChangeTermsRejection
  | ReceiveRejection
  | ReserveRejection
  | ExtendRejection
  | DeductRejection;

export const stockDecider: Decider<Stock, StockCommand, StockEvent, StockRejection> = {
  initial: unknownStock,
  evolve,
  decide: (command, state) => {
    switch (command.type) {
      case 'CreateProduct':
        return createProduct(command, state);
      case 'ChangeTerms':
        return changeTerms(command, state);
      case 'ReceiveStock':
        return receiveStock(command, state);
      case 'ReserveStock':
        return reserveStock(command, state);
      case 'ExtendHold':
        return extendHold(command, state);
      case 'ReleaseStock':
        return releaseStock(command, state);
      case 'DeductStock':
        return deductStock(command, state);
      case 'RestoreStock':
        return restoreStock(command, state);
      case 'RestoreHolds':
        return restoreHolds(command, state);
      case 'ExpireHolds':
        return expireHolds(command, state);
    }
  },
};
