import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Ports } from '../../ports/ports.js';
import { ordersView } from '../order/views/orders.js';
import { type GatewayPaymentDocument, gatewayPaymentsView } from '../payment/views/gateway-payments.js';
import { stockHoldId, stockHoldsView } from '../stock/views/stock-holds.js';

/** What names an order, apart from the order itself. */
export interface Traces {
  readonly userId: string | null;
  readonly couponId: string | null;
  readonly productIds: ReadonlyArray<string>;
  readonly paymentIds: ReadonlyArray<string>;
  readonly isShown: boolean;
}

export const noTraces: Traces = { userId: null, couponId: null, productIds: [], paymentIds: [], isShown: false };

/** Payments that were started with a payment number of the gateway. */
export type PaymentsWithNumber = (
  gatewayPaymentId: string,
) => TE.TaskEither<string, ReadonlyArray<{ readonly paymentId: string; readonly orderId: string }>>;

export const paymentsWithNumber = ({ readModels }: Pick<Ports, 'readModels'>): PaymentsWithNumber => {
  const reader = liveReader(readModels);
  return (gatewayPaymentId) =>
    TE.map((found: O.Option<GatewayPaymentDocument>) => (O.isSome(found) ? found.value.payments : []))(
      reader.get(gatewayPaymentsView, gatewayPaymentId),
    );
};

/** What the views show of an order that does not exist. */
export type TracesOf = (orderId: string) => TE.TaskEither<string, Traces>;

export const tracesOf = ({ readModels }: Pick<Ports, 'readModels'>): TracesOf => {
  const reader = liveReader(readModels);
  return (orderId) => async () => {
    const shown = await reader.get(ordersView, orderId)();
    if (E.isLeft(shown)) return shown;
    const held = await reader.within(stockHoldsView, stockHoldId(orderId, ''))();
    if (E.isLeft(held)) return held;
    const productIds = held.right.map(({ productId }) => productId);
    return E.right({ ...noTraces, isShown: O.isSome(shown.right), productIds });
  };
};
