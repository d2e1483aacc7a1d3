import { taskEither as TE } from 'fp-ts';
import { gatherOrder, type OrderFactsPorts, SETTLED_AFTER_MS } from '../../checkout/audit/order-facts.js';
import { orderRules } from '../../checkout/audit/order-rules.js';
import { paymentsWithNumber } from '../../checkout/audit/order-traces.js';
import { suspectOrders } from '../../checkout/audit/trace-orders.js';
import { gatewayPaymentsView } from '../../checkout/payment/views/gateway-payments.js';
import { auditing } from '../../kernel/audit/audit.js';
import { orAway } from '../../kernel/audit/away.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { findingsOf } from '../../kernel/audit/parked.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Ports } from '../../ports/ports.js';

/** Goods are compared product by product, and numbers of the gateway's all at once. */
const LOOKED_AT_ELSEWHERE: ReadonlySet<string> = new Set(['goods', "the gateway's payments, each for one payment"]);
const rules = orderRules.filter(({ name }) => !LOOKED_AT_ELSEWHERE.has(name));

/**
 * Points, coupons and money that an order keeps though it is over or was never placed, or misses though it stands; and orders
 * that were paid and never confirmed or refunded. What happened within the last minute is left to settle. For `unlessAway`.
 */
export const reconcileOrders = async (
  ports: Omit<OrderFactsPorts, 'paymentsWithNumber'> & Pick<Ports, 'feed' | 'readModels'>,
): Promise<ReadonlyArray<Finding>> => {
  const gather = gatherOrder({ ...ports, paymentsWithNumber: paymentsWithNumber(ports) });
  const findings: Finding[] = [];
  for (const { orderId, traces, changedAt } of await suspectOrders(ports.feed)) {
    if (changedAt + SETTLED_AFTER_MS > ports.clock.now()) continue;
    const audit = gather(orderId, traces).then((facts) => auditing(rules, facts));
    findings.push(...(await findingsOf(orderId, audit)));
  }
  return findings;
};

const PAGE = 500;

/** Payments of the gateway that were to pay more than one: what was charged once cannot pay twice. For `unlessAway`. */
export const reconcileGatewayPayments = async ({
  readModels,
}: Pick<Ports, 'readModels'>): Promise<ReadonlyArray<Finding>> => {
  const reader = liveReader(readModels);
  const findings: Finding[] = [];
  for await (const page of reader.pages(gatewayPaymentsView, { index: 'used-twice', key: 'all', limit: PAGE }))
    for (const { gatewayPaymentId, payments } of await orAway(TE.fromEither(page)))
      findings.push({
        kind: 'GATEWAY_PAYMENT_REUSED',
        subject: gatewayPaymentId,
        detail: payments.map(({ paymentId, orderId }) => `payment ${paymentId} of order ${orderId}`).join(', '),
        remedy: { action: 'NONE' },
      });
  return findings;
};
