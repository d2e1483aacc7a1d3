import { type Decider } from '../decider.js';
import { type PaymentEvent } from './events.js';
import { evolve, type Payment, unknownPayment } from './payment.js';
import { preparePayment, type PreparePayment } from './prepare-payment.js';
import { recordApproval, type RecordApproval } from './record-approval.js';
import { recordDecline, type RecordDecline } from './record-decline.js';
import { recordRefund, type RecordRefund } from './record-refund.js';
import { recordUnknown, type RecordUnknown } from './record-unknown.js';
import { requestRefund, type RequestRefund } from './request-refund.js';
import { startApproval, type StartApproval } from './start-approval.js';

export type PaymentCommand =
  PreparePayment | StartApproval | RecordApproval | RecordDecline | RecordUnknown | RequestRefund | RecordRefund;

export const paymentDecider = {
  initial: unknownPayment,
  evolve,
  decide: (command: PaymentCommand, state: Payment) => {
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
} satisfies Decider<Payment, PaymentCommand, PaymentEvent, string>;
