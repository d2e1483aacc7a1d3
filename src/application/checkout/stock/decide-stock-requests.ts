import { either as E } from 'fp-ts';
import { type z } from 'zod';
import { type StockCommand, stockDecider, type StockRejection } from '../../../domain/stock/decider.js';
import { type StockEvent } from '../../../domain/stock/events.js';
import { type PurchaseLimits } from '../../../domain/stock/purchase-limits.js';
import { type Stock } from '../../../domain/stock/stock.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { aggregateWriter, type AggregateWriterPorts, type WriteBatch } from '../../kernel/writer/aggregate-writer.js';
import { deciderWriting, type Requested } from '../../kernel/writer/decider-writing.js';
import { messageBody, type UnreadableMessage } from '../../kernel/writer/message-body.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { stockAggregate, stockStream } from '../aggregates/stock-aggregate.js';
import { type changedLimits } from '../aggregates/terms.js';
import { type StockMessage, stockMessages } from './stock-messages.js';

const takerOf = ({ takenBy }: { readonly takenBy?: string | undefined }) => (takenBy === undefined ? {} : { takenBy });

const definedLimits = ({
  maxPerUser,
  maxOpenHolds,
  pauseAfterExpirySeconds,
}: z.infer<typeof changedLimits>): Partial<PurchaseLimits> => ({
  ...(maxPerUser !== undefined && { maxPerUser }),
  ...(maxOpenHolds !== undefined && { maxOpenHolds }),
  ...(pauseAfterExpirySeconds !== undefined && { pauseAfterExpirySeconds }),
});

const toCommand = (message: StockMessage): StockCommand => {
  const { productId, timestamp: at } = message;
  switch (message.eventType) {
    case 'STOCK_RESERVE': {
      const { orderId, quantity, expiresAt, again, userId } = message;
      const whose = { ...takerOf(message), ...(userId !== undefined && { userId }) };
      return { type: 'ReserveStock', productId, orderId, quantity, expiresAt, again, ...whose, at };
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
    case 'STOCK_RESTORE_HOLDS':
      return { type: 'RestoreHolds', productId, orderIds: message.orderIds, at };
    case 'STOCK_EXPIRE_HOLDS':
      return { type: 'ExpireHolds', productId, orderIds: message.orderIds, at };
    case 'STOCK_RECEIVE': {
      const { deliveryNote, quantity } = message;
      return { type: 'ReceiveStock', productId, deliveryNote, quantity, at };
    }
    case 'STOCK_CHANGE_TERMS': {
      const { limits, challenge, actor, reason } = message;
      const changed = {
        ...(limits !== undefined && { limits: definedLimits(limits) }),
        ...(challenge !== undefined && { challenge }),
      };
      return { type: 'ChangeTerms', productId, ...changed, actor, reason, at };
    }
  }
};

const body = messageBody(stockMessages, ({ productId }) => productId);

const read = (message: LoggedMessage): E.Either<UnreadableMessage, Requested<StockCommand>> =>
  E.map((asked: StockMessage) => {
    const { requestId, isAwaited = false } = asked;
    return { command: toCommand(asked), requestId, isAwaited };
  })(body(message));

const stockWriting = deciderWriting<StockCommand, Stock, StockEvent, StockRejection>({
  context: 'stock',
  topic: STOCK_REQUESTS,
  streamOf: stockStream,
  read,
  decider: stockDecider,
  aggregate: stockAggregate,
  sizeOf: (stock) => (stock.status === 'Unknown' ? 0 : stock.claims.size + stock.buyers.size),
});

/** The one writer of a product's stock: a hot product is decided in batches, one append each. */
export const decideStockRequests = (ports: AggregateWriterPorts): WriteBatch => aggregateWriter(ports)(stockWriting);
