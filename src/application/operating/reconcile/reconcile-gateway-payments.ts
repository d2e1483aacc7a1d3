import { type GatewayPaymentDocument, gatewayPaymentsView } from '../../checkout/payment/views/gateway-payments.js';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader, type LivePage } from '../../kernel/projection/live-reader.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { orAway } from '../../kernel/audit/away.js';

const PAGE = 500;

/** Payments of the gateway that were to pay more than one: what was charged once cannot pay twice. For `unlessAway`. */
export const reconcileGatewayPayments = async (readModels: ReadModels): Promise<ReadonlyArray<Finding>> => {
  const reader = liveReader(readModels);
  const findings: Finding[] = [];
  for (let cursor: string | null = null; ;) {
    const query = { index: 'used-twice', key: 'all', limit: PAGE, ...(cursor !== null && { cursor }) };
    const page: LivePage<GatewayPaymentDocument> = await orAway(reader.query(gatewayPaymentsView, query));
    for (const { gatewayPaymentId, payments } of page.items)
      findings.push({
        kind: 'GATEWAY_PAYMENT_REUSED',
        subject: gatewayPaymentId,
        detail: payments.map(({ paymentId, orderId }) => `payment ${paymentId} of order ${orderId}`).join(', '),
        remedy: { action: 'NONE' },
      });
    cursor = page.nextCursor;
    if (cursor === null) return findings;
  }
};
