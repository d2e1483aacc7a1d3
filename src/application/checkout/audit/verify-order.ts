import { either as E, type taskEither as TE } from 'fp-ts';
import { isPlaced, type PlacedOrder } from '../../../domain/order/order.js';
import { auditing, type Verdict } from '../../kernel/audit/audit.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { gatherOrder, type OrderFactsPorts } from './order-facts.js';
import { type TracesOf } from './order-traces.js';
import { orderRules } from './order-rules.js';

export interface OrderVerified extends Verdict {
  readonly orderId: string;
  readonly paymentIds: ReadonlyArray<string>;
  /** NOT_PLACED: something was taken or told for an order that does not stand. */
  readonly status: PlacedOrder['status'] | 'NOT_PLACED';
}

export type VerifyOrder = (
  orderId: string,
) => TE.TaskEither<{ readonly code: 'ORDER_NOT_FOUND' | 'UNAVAILABLE' }, OrderVerified>;

export interface VerifyOrderPorts extends OrderFactsPorts {
  readonly tracesOf: TracesOf;
}

/**
 * From the events of the order and of everything it entails: nothing half done, no money without goods, no money for two
 * orders. An order that does not stand is not found, unless goods are held for it or somebody was shown it.
 */
export const verifyOrder = (ports: VerifyOrderPorts): VerifyOrder => {
  const gather = gatherOrder(ports);
  return (orderId) =>
    unlessAway(async () => {
      const facts = await gather(orderId);
      const { order } = facts;
      const paymentIds = facts.payments.map(({ paymentId }) => paymentId);
      if (isPlaced(order))
        return E.right({ ...auditing(orderRules, facts).verdict(), orderId, paymentIds, status: order.status });
      const traced = await gather(orderId, await orAway(ports.tracesOf(orderId)));
      const verified = auditing(orderRules, traced).verdict();
      if (verified.verdict === 'PASS') return E.left({ code: 'ORDER_NOT_FOUND' });
      return E.right({ ...verified, orderId, paymentIds, status: 'NOT_PLACED' });
    });
};
