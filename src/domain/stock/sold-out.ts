import { type SalePolicy } from '../sale-policy.js';
import { type StockEvent } from './events.js';

export interface OnSale {
  readonly onHand: number;
  readonly policy: SalePolicy;
  /** It was sold out, and stays so: new orders are turned away whatever stands on the shelf. */
  readonly isClosed: boolean;
}

/** Whether a product is closed after an event, with what is on hand then. */
export const isClosedAfter = ({ onHand, policy, isClosed }: OnSale, event: StockEvent): boolean => {
  if (event.type === 'StockReceived') return false;
  return isClosed || (event.type === 'StockDeducted' && onHand === 0 && policy.soldOut === 'STAY_CLOSED');
};
