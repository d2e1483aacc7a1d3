import { stockDecider, type StockCommand, type StockRejection } from '../../../domain/stock/decider.js';
import { type StockEvent } from '../../../domain/stock/events.js';
import { type Stock } from '../../../domain/stock/stock.js';
import { type KeyedCommand, type KeyedWriting } from '../../kernel/writer/keyed-writing.js';
import { messageBody } from '../../kernel/writer/message-body.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { stockAggregate, stockStream } from './stock-aggregate.js';
import { stockMessage, type StockMessage } from './stock-messages.js';

const takerOf = ({ takenBy }: { readonly takenBy?: string | undefined }) => (takenBy === undefined ? {} : { takenBy });

const toCommand = (message: StockMessage): StockCommand => {
  const { productId, timestamp: at } = message;
  switch (message.eventType) {
    case 'STOCK_RESERVE': {
      const { orderId, quantity, expiresAt, again } = message;
      return { type: 'ReserveStock', productId, orderId, quantity, expiresAt, again, ...takerOf(message), at };
    }
    case 'STOCK_EXTEND':
      return { type: 'ExtendHold', productId, orderId: message.orderId, expiresAt: message.expiresAt, at };
    case 'STOCK_RELEASE': {
      const { orderId, reason } = message;
      return { type: 'ReleaseStock', productId, orderId, reason, ...takerOf(message), at };
    }
    case 'STOCK_DEDUCT':
      return { type: 'DeductStock', productId, orderId: message.orderId, at };
    case 'STOCK_RESTORE':
      return { type: 'RestoreStock', productId, orderId: message.orderId, at };
    case 'STOCK_RECEIVE': {
      const { deliveryNote, quantity } = message;
      return { type: 'ReceiveStock', productId, deliveryNote, quantity, at };
    }
  }
};

const body = messageBody(stockMessage, ({ productId }) => productId);

const read = (message: LoggedMessage): KeyedCommand<StockCommand> => {
  const asked = body(message);
  return { command: toCommand(asked), requestId: asked.requestId, isAwaited: asked.isAwaited ?? false };
};

/** The one writer of a product's stock: a hot product is decided in batches, one append each. */
export const stockWriting: KeyedWriting<Stock, StockCommand, StockEvent, StockRejection> = {
  context: 'stock',
  topic: STOCK_REQUESTS,
  streamOf: stockStream,
  read,
  decider: stockDecider,
  aggregate: stockAggregate,
  sizeOf: (stock) => (stock.status === 'Unknown' ? 1 : 1 + stock.claims.size),
};
