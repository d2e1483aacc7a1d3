import { function as F, taskEither as TE } from 'fp-ts';
import { paymentStanding, type PaymentStanding } from '../../../domain/order/payment-standing.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { openReason } from './cancel-reason.js';
import { openShipping, type ShippingSeen } from './open-shipping.js';
import { type OrderDocument } from './views/orders.js';

export interface PaymentOfOrderSeen {
  readonly paymentId: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly status: PaymentStanding;
}

export interface RefundSeen {
  readonly paymentId: string;
  readonly amount: number;
  readonly status: 'REFUNDING' | 'REFUNDED';
  /** Epoch milliseconds; null while it is not given back. */
  readonly refundedAt: number | null;
}

/** An order as it is shown: with the payment that pays it, or is to, or was to last, and what is given back of it. */
export interface OrderSeen
  extends Omit<OrderDocument, 'payments' | 'eventIds' | 'position' | 'shipping'>, ShippingSeen {
  readonly payment: PaymentOfOrderSeen | null;
  readonly refund: RefundSeen | null;
  /** Something of it is not decided yet: it is unpaid or on its way to be confirmed, or money is under way. */
  readonly isPending: boolean;
}

const UNDECIDED: ReadonlySet<OrderDocument['status']> = new Set(['CREATED', 'PENDING_PAYMENT', 'PAID']);

const standing = ({
  payments,
  eventIds: _,
  position: __,
  shipping: ___,
  ...order
}: OrderDocument): Omit<OrderSeen, keyof ShippingSeen> => {
  const all = payments.map((payment) => ({ ...payment, status: paymentStanding(order, payment) }));
  const payment = all.find(({ paymentId }) => paymentId === order.paymentId) ?? all.at(-1);
  const refunds = all.flatMap(({ paymentId, amount, status, refundedAt }): ReadonlyArray<RefundSeen> =>
    status === 'REFUNDING' || status === 'REFUNDED' ? [{ paymentId, amount, status, refundedAt }] : [],
  );
  const isMoneyUnderWay = all.some(({ status }) => status === 'PENDING' || status === 'REFUNDING');
  return {
    ...order,
    payment:
      payment === undefined ? null : { paymentId: payment.paymentId, amount: payment.amount, status: payment.status },
    refund: refunds.find(({ status }) => status === 'REFUNDING') ?? refunds.at(-1) ?? null,
    isPending: UNDECIDED.has(order.status) || isMoneyUnderWay,
  };
};

/** An order as its reader sees it. */
export const seeOrder = (
  personalData: PersonalData,
): ((order: OrderDocument) => TE.TaskEither<'PersonalDataUnavailable', OrderSeen>) => {
  const [open, openWhy] = [openShipping(personalData), openReason(personalData)];
  return (order) =>
    F.pipe(
      TE.Do,
      TE.apS('shipping', open(order)),
      TE.apS('reason', order.reason === null ? TE.right(null) : openWhy(order.userId, order.orderId, order.reason)),
      TE.map(({ shipping, reason }) => ({ ...standing(order), ...shipping, reason })),
    );
};
