import { type Decider } from '../decider.js';
import { type PaymentEvent } from './events.js';
import { evolve, type Payment, unknownPayment } from './payment.js';
import { preparePayment, type PreparePayment, type PrepareRejection } from './prepare-payment.js';
import { recordApproval, type RecordApproval, type RecordApprovalRejection } from './record-approval.js';
import { recordDecline, type RecordDecline, type RecordDeclineRejection } from './record-decline.js';
import { recordRefund, type RecordRefund, type RecordRefundRejection } from './record-refund.js';
import { recordUnknown, type RecordUnknown, type RecordUnknownRejection } from './record-unknown.js';
import { requestRefund, type RequestRefund, type RequestRefundRejection } from './request-refund.js';
import { startApproval, type StartApproval, type StartApprovalRejection } from './start-approval.js';

export type PaymentCommand =
  PreparePayment | StartApproval | RecordApproval | RecordDecline | RecordUnknown | RequestRefund | RecordRefund;

export type PaymentRejection =
  | PrepareRejection
  | StartApprovalRejection
  | RecordApprovalRejection
  | RecordDeclineRejection
  | RecordUnknownRejection
  | RequestRefundRejection
  | RecordRefundRejection;

export const paymentDecider: Decider<Payment, PaymentCommand, PaymentEvent, PaymentRejection> = {
  initial: unknownPayment,
  evolve,
  decide: (command, state) => {
    switch (command.type) {
      case 'PreparePayment':
        return preparePayment(command, state);
      case 'StartApproval':
        return startApproval(command, state);
      case 'RecordApproval':
        return recordApproval(command, state);
      case 'RecordDecline':
        return recordDecline(command, state);
      case 'RecordUnknown':
        return recordUnknown(command, state);
      case 'RequestRefund':
        return requestRefund(command, state);
      case 'RecordRefund':
        return recordRefund(command, state);
    }
  },
};
