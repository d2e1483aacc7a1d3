import { either as E } from 'fp-ts';
import {
  type CarriedOut,
  type DeadlineHandlers,
  type DeadlineHandler,
} from '../../kernel/process/deadlines/deadline.js';
import { ORDER_EXPIRY } from './order-deadlines.js';
import { type Driven, type DriveOrder } from '../drive/drive-order.js';

/** As long as the breaker of the gateway stays open. */
const GATEWAY_AGAIN_MS = 5_000;

const waiting = ({ waitsFor }: Driven, now: number): CarriedOut => {
  const gateway = waitsFor.find(({ until }) => until === null);
  if (gateway !== undefined) {
    const { reason } = gateway;
    // Nothing was sent: not a failure that should make the next try wait longer and longer.
    return E.left(reason === 'GatewayUnavailable' ? { reason, notBefore: now + GATEWAY_AGAIN_MS } : { reason });
  }
  const [next] = waitsFor;
  if (next?.until === undefined || next.until === null) return E.right(undefined);
  return E.left({ reason: next.reason, notBefore: next.until });
};

/** Whichever deadline of an order is due, the order is driven as far as it can go now: its goods are free as soon as it has expired. */
const driveWhenDue =
  (drive: DriveOrder): DeadlineHandler =>
  ({ ref: { orderId = '' }, id, correlationId = id }, now) =>
  async () => {
    const driven = await drive({ orderId, correlationId, upTo: 'END' })();
    if (E.isRight(driven)) return waiting(driven.right, now);
    return E.left({ reason: `${driven.left.step}: ${driven.left.reason}` });
  };

/** The kinds of `orderDeadlines`. */
export const orderDeadlineHandlers = (drive: DriveOrder): DeadlineHandlers => {
  const handler = driveWhenDue(drive);
  return { [ORDER_EXPIRY]: handler, 'payment-resolve': handler, 'payment-refund': handler };
};
