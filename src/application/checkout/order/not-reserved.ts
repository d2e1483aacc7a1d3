import { type AskStockError, type NotReserved } from '../stock/ask-stock.js';
import { type TakingError } from './taking.js';

export interface LineNotReserved {
  readonly productId: string;
  readonly error: AskStockError<NotReserved>;
}

/** Why one line could not be had. */
const reasonOf = ({ productId, error }: LineNotReserved): TakingError => {
  if (error.code !== 'REJECTED') return { code: error.code === 'OUTCOME_UNKNOWN' ? 'UNAVAILABLE' : error.code };
  if (typeof error.rejection === 'object') return { code: 'PURCHASE_LIMIT', productId, reached: error.rejection };
  switch (error.rejection) {
    case 'PRODUCT_NOT_FOUND':
      return { code: 'PRODUCT_NOT_FOUND', productId };
    case 'SOLD_OUT':
      return { code: 'SOLD_OUT', lines: [{ productId, available: 0 }] };
    case 'INSUFFICIENT_STOCK':
      return { code: 'INSUFFICIENT_STOCK', lines: [{ productId, available: null }] };
    case 'CLAIM_DIFFERS':
      return { code: 'REQUEST_ID_REUSED' };
    case 'CLAIM_ENDED':
      return { code: 'INVALID_ORDER_STATE' };
  }
};

/** What was decided against the order comes first, then what may be tried again; lines that are short are told together. */
export const notReserved = (errors: ReadonlyArray<LineNotReserved>): TakingError => {
  const reasons = errors.map(reasonOf);
  const short = reasons.flatMap((reason) => ('lines' in reason ? reason.lines : []));
  const isShort = ({ code }: TakingError): boolean => code === 'SOLD_OUT' || code === 'INSUFFICIENT_STOCK';
  const canBeTried = ({ code }: TakingError): boolean => code === 'OVERLOADED' || code === 'UNAVAILABLE';
  const first = reasons.find((reason) => !isShort(reason) && !canBeTried(reason)) ??
    reasons.find(({ code }) => code === 'INSUFFICIENT_STOCK') ??
    reasons.find(isShort) ??
    reasons.find(({ code }) => code === 'OVERLOADED') ?? { code: 'UNAVAILABLE' };
  return 'lines' in first ? { ...first, lines: short } : first;
};
