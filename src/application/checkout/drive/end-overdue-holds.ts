import { either as E, type taskEither as TE } from 'fp-ts';
import { type LiveReader } from '../../kernel/projection/live-reader.js';
import { stockHoldsView } from '../stock/views/stock-holds.js';
import { type DriveOrder } from './drive-order.js';
import { type Ports } from '../../ports/ports.js';

export interface EndOverdueHoldsPorts extends Pick<Ports, 'clock' | 'log'> {
  readonly reader: Pick<LiveReader, 'query'>;
  readonly drive: DriveOrder;
}

/** By then the deadline of an order has ended its holds. */
const OVERDUE_MS = 10_000;
/** Of one call: the deadlines may be at work on many. */
const AT_ONCE = 100;

/**
 * Drives the orders that hold goods long after their hold ran out: the goods are given back if the order is over. This is a
 * safety net: if a message is late, a request to hold may be decided after its order was refused, and no event of the order
 * follows. Each call looks at the next few, so that an order that is stuck hides no other. Right: how many were looked at.
 */
export const endOverdueHolds = ({ reader, drive, clock, log }: EndOverdueHoldsPorts) => {
  let cursor: string | null = null;
  const end = async (orderId: string): Promise<void> => {
    try {
      await drive({ orderId, correlationId: orderId, upTo: 'END' })();
    } catch (error) {
      log.warn(
        { orderId, err: error },
        'An order keeps goods beyond its hold and cannot be driven; the next one is looked at',
      );
    }
  };
  return (): TE.TaskEither<'ReadModelsUnavailable', number> => async () => {
    const overdue = { index: 'held', key: '', to: clock.now() - OVERDUE_MS, limit: AT_ONCE };
    const found = await reader.query(stockHoldsView, { ...overdue, ...(cursor !== null && { cursor }) })();
    cursor = E.isRight(found) ? found.right.nextCursor : null;
    if (E.isLeft(found)) return found;
    const orderIds = new Set(found.right.items.map(({ orderId }) => orderId));
    for (const orderId of orderIds) await end(orderId);
    return E.right(orderIds.size);
  };
};
