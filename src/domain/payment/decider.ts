import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import {
  type PaymentApprovalStarted,
  type PaymentAttempted,
  type PaymentEvent,
  type PaymentPrepared,
  type PaymentRefundRequested,
} from './events.js';
import { evolve, type KnownPayment, type Payment, unknownPayment } from './payment.js';

type PreparePayment = CommandFrom<PaymentPrepared, 'PreparePayment'>;

type CommandOnKnown =
  | CommandFrom<Pick<PaymentApprovalStarted, 'paymentId' | 'gatewayPaymentId' | 'holdUntil' | 'at'>, 'StartApproval'>
  | CommandFrom<
      Pick<PaymentAttempted, 'paymentId' | 'code' | 'at'>,
      'RecordApproval' | 'RecordDecline' | 'RecordUnknown'
    >
  | CommandFrom<Pick<PaymentRefundRequested, 'paymentId' | 'reason' | 'at'>, 'RequestRefund'>
  | CommandFrom<Pick<PaymentEvent, 'paymentId' | 'at'>, 'RecordRefund'>;

export type PaymentCommand = PreparePayment | CommandOnKnown;

type PaymentRejection = 'PAYMENT_EXISTS' | 'PAYMENT_NOT_FOUND' | 'PAYMENT_DECLINED' | 'INVALID_PAYMENT_STATE';

/** Binds order, payer and amount; preparing the same again changes nothing. */
const prepare = (
  { type: _, ...prepared }: PreparePayment,
  payment: Payment,
): Decided<PaymentEvent, PaymentRejection> => {
  if (payment.status === 'Unknown') return E.right([{ type: 'PaymentPrepared', ...prepared }]);
  const same = payment.prepared.orderId === prepared.orderId && payment.prepared.amount === prepared.amount;
  return same ? E.right([]) : E.left('PAYMENT_EXISTS');
};

const decideKnown = (command: CommandOnKnown, payment: KnownPayment): Decided<PaymentEvent, PaymentRejection> => {
  const { at } = command;
  const { status, gatewayPaymentId } = payment;
  const { paymentId, orderId, userId, amount } = payment.prepared;
  /** What every event of a payment repeats. */
  const fact = { paymentId, orderId, userId, amount };
  switch (command.type) {
    // Must be durable before the gateway is called: who finds it started asks the gateway instead of guessing.
    case 'StartApproval': {
      const { gatewayPaymentId: wanted, holdUntil } = command;
      if (status === 'PENDING')
        return E.right([{ type: 'PaymentApprovalStarted', ...fact, gatewayPaymentId: wanted, holdUntil, at }]);
      if (status === 'DECLINED') return E.left('PAYMENT_DECLINED');
      const isSame = (status === 'APPROVING' || status === 'PAID') && gatewayPaymentId === wanted;
      return isSame ? E.right([]) : E.left('INVALID_PAYMENT_STATE');
    }
    // The gateway has charged. Told twice, recorded once. Nobody counts on a payment that was declined: what the gateway has
    // charged for it all the same is given back.
    case 'RecordApproval': {
      if (status === 'PAID' || status === 'REFUNDING' || status === 'REFUNDED') return E.right([]);
      if (status === 'PENDING' || gatewayPaymentId === null) return E.left('INVALID_PAYMENT_STATE');
      const attempted = { type: 'PaymentAttempted', ...fact, at, outcome: 'APPROVED', code: command.code } as const;
      if (status === 'DECLINED')
        return E.right([attempted, { type: 'PaymentRefundRequested', ...fact, at, reason: 'DECLINED_BEFORE' }]);
      return E.right([attempted, { type: 'PaymentCompleted', ...fact, at, gatewayPaymentId }]);
    }
    // The gateway has said no, and will not charge.
    case 'RecordDecline': {
      const { code } = command;
      if (status === 'DECLINED') return E.right([]);
      if (status !== 'APPROVING') return E.left('INVALID_PAYMENT_STATE');
      return E.right([
        { type: 'PaymentAttempted', ...fact, at, outcome: 'DECLINED', code },
        { type: 'PaymentDeclined', ...fact, at, code },
      ]);
    }
    // The gateway did not answer: it may have charged. The payment stays as it is until the gateway has been asked. Recorded once,
    // however often its payer tries again: since when it is not known stays visible.
    case 'RecordUnknown':
      if (status !== 'APPROVING') return E.left('INVALID_PAYMENT_STATE');
      if (payment.attempts > 0) return E.right([]);
      return E.right([{ type: 'PaymentAttempted', ...fact, outcome: 'UNKNOWN', code: command.code, at }]);
    // Only what was charged is refunded, once.
    case 'RequestRefund':
      if (status !== 'PAID') return E.right([]);
      return E.right([{ type: 'PaymentRefundRequested', ...fact, reason: command.reason, at }]);
    // The gateway has given the money back.
    case 'RecordRefund':
      if (status === 'REFUNDED') return E.right([]);
      if (status !== 'REFUNDING') return E.left('INVALID_PAYMENT_STATE');
      return E.right([{ type: 'PaymentRefunded', ...fact, at }]);
  }
};

export const paymentDecider = {
  initial: unknownPayment,
  evolve,
  decide: (command: PaymentCommand, payment: Payment) => {
    if (command.type === 'PreparePayment') return prepare(command, payment);
    return payment.status === 'Unknown' ? E.left('PAYMENT_NOT_FOUND' as const) : decideKnown(command, payment);
  },
} satisfies Decider<Payment, PaymentCommand, PaymentEvent, string>;
