import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { paymentDecider, type PaymentCommand } from '../../../src/domain/payment/decider.js';
import { type PaymentEvent } from '../../../src/domain/payment/events.js';
import { sentences } from '../../support/given-when-then.js';

const at = Date.UTC(2026, 0, 1, 12);
const given = sentences(paymentDecider);
const paymentId = 'pay1';
const fact = { paymentId, orderId: 'o1', userId: 'ana', amount: 1_000, at };
const prepared: PaymentEvent = { type: 'PaymentPrepared', ...fact };
const started: PaymentEvent = { type: 'PaymentApprovalStarted', ...fact, gatewayPaymentId: 'g1', holdUntil: at + 60 };
const attempted = (outcome: 'APPROVED' | 'DECLINED' | 'UNKNOWN', code: string): PaymentEvent => ({
  type: 'PaymentAttempted',
  ...fact,
  outcome,
  code,
});
const completed: PaymentEvent = { type: 'PaymentCompleted', ...fact, gatewayPaymentId: 'g1' };
const declined: PaymentEvent = { type: 'PaymentDeclined', ...fact, code: 'NO_FUNDS' };
const refundRequested: PaymentEvent = { type: 'PaymentRefundRequested', ...fact, reason: 'late' };
const refunded: PaymentEvent = { type: 'PaymentRefunded', ...fact };

const prepare: PaymentCommand = { type: 'PreparePayment', ...fact };
const start = (gatewayPaymentId = 'g1'): PaymentCommand => ({
  type: 'StartApproval',
  paymentId,
  gatewayPaymentId,
  holdUntil: at + 60,
  at,
});
const approve: PaymentCommand = { type: 'RecordApproval', paymentId, code: 'OK', at };
const decline: PaymentCommand = { type: 'RecordDecline', paymentId, code: 'NO_FUNDS', at };
const unknown: PaymentCommand = { type: 'RecordUnknown', paymentId, code: 'TIMEOUT', at };
const requestRefund: PaymentCommand = { type: 'RequestRefund', paymentId, reason: 'late', at };
const recordRefund: PaymentCommand = { type: 'RecordRefund', paymentId, at };

describe('a payment', () => {
  it('is prepared once, for one order and amount', () => {
    given().when(prepare).then(prepared);
    given(prepared).when(prepare).thenNothing();
    given(prepared)
      .when({ type: 'PreparePayment', ...fact, amount: 2 })
      .thenRejected('PAYMENT_EXISTS');
  });

  it('is under way before the gateway is called, with one number', () => {
    given(prepared).when(start()).then(started);
    given(prepared, started).when(start()).thenNothing();
    given(prepared, started).when(start('g2')).thenRejected('INVALID_PAYMENT_STATE');
  });

  it('is paid when the gateway has charged, however often it says so', () => {
    given(prepared, started).when(approve).then(attempted('APPROVED', 'OK'), completed);
    given(prepared, started, completed).when(approve).thenNothing();
    given(prepared).when(approve).thenRejected('INVALID_PAYMENT_STATE');
  });

  it('stays under way while nobody knows, and is then decided', () => {
    given(prepared, started).when(unknown).then(attempted('UNKNOWN', 'TIMEOUT'));
    // However often its payer asks again: since when nobody knows is told by the first time.
    given(prepared, started, attempted('UNKNOWN', 'TIMEOUT')).when(unknown).thenNothing();
    given(prepared, started, attempted('UNKNOWN', 'TIMEOUT'))
      .when(decline)
      .then(attempted('DECLINED', 'NO_FUNDS'), declined);
    given(prepared, started, completed).when(unknown).thenRejected('INVALID_PAYMENT_STATE');
  });

  it('that was declined is over, and one that is paid cannot be declined', () => {
    given(prepared, started, declined).when(start()).thenRejected('PAYMENT_DECLINED');
    given(prepared, started, completed).when(decline).thenRejected('INVALID_PAYMENT_STATE');
  });

  it('that was declined and is charged all the same is given back', () => {
    const goesBack: PaymentEvent = { type: 'PaymentRefundRequested', ...fact, reason: 'DECLINED_BEFORE' };
    given(prepared, started, declined).when(approve).then(attempted('APPROVED', 'OK'), goesBack);
    given(prepared, started, declined, goesBack).when(approve).thenNothing();
    given(prepared, started, declined, goesBack).when(recordRefund).then(refunded);
  });

  it('is given back only if it was charged, and once', () => {
    given(prepared, started).when(requestRefund).thenNothing();
    given(prepared, started, completed).when(requestRefund).then(refundRequested);
    given(prepared, started, completed, refundRequested).when(recordRefund).then(refunded);
    given(prepared, started, completed, refundRequested, refunded).when(recordRefund).thenNothing();
    given(prepared, started, completed).when(recordRefund).thenRejected('INVALID_PAYMENT_STATE');
  });

  it('never charges twice, never gives back more than it charged, whatever comes in whatever order', () => {
    const any = fc.constantFrom(prepare, start(), approve, decline, unknown, requestRefund, recordRefund);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (commands) => {
        const events = commands.reduce((before: ReadonlyArray<PaymentEvent>, command) => {
          const decided = paymentDecider.decide(command, before.reduce(paymentDecider.evolve, paymentDecider.initial));
          return [...before, ...(E.isRight(decided) ? decided.right : [])];
        }, []);
        const count = (type: PaymentEvent['type']): number => events.filter((event) => event.type === type).length;
        expect(count('PaymentCompleted')).toBeLessThanOrEqual(1);
        const charged = events.filter((event) => event.type === 'PaymentAttempted' && event.outcome === 'APPROVED');
        expect(count('PaymentRefunded')).toBeLessThanOrEqual(charged.length);
        expect(charged.length).toBeLessThanOrEqual(1);
        expect(count('PaymentCompleted') + count('PaymentDeclined')).toBeLessThanOrEqual(1);
      }),
    );
  });
});
