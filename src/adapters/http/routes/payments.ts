import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type PayAtOnce } from '../../../application/checkout/payment/pay-at-once.js';
import {
  type ApprovePaymentError,
  type ApprovePayment,
} from '../../../application/checkout/payment/approve-payment.js';
import { type PaymentSeen, type PaymentById } from '../../../application/checkout/payment/find-payment.js';
import {
  type PreparePaymentError,
  type PreparePayment,
} from '../../../application/checkout/payment/prepare-payment.js';
import { type Caller } from '../../../application/ports/identity.js';
import { type Answer, found, json, moving, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Refusal, refused } from '../problems.js';
import { concerns } from '../identity/access.js';
import { route, type Route } from '../route.js';
import { listensToPrefer, type LongPoll } from '../long-poll.js';
import { id, iso } from '../schemas/fields.js';
import {
  approval,
  heardOfPayment,
  payment,
  paymentAtOnce,
  paymentRequest,
  preparedPayment,
  webhook,
} from '../schemas/order.js';

const paymentUrl = (paymentId: string): string => `/api/payments/${paymentId}`;

const refusal = (error: PreparePaymentError | ApprovePaymentError, caller: Caller): Refusal => {
  switch (error.code) {
    case 'NOT_ORDERER':
      // To a user, what is another's is not there.
      return refused(caller.kind === 'user' ? 'ORDER_NOT_FOUND' : error.code);
    case 'OUTCOME_UNKNOWN':
      return refused(error.code, { paymentId: error.paymentId, statusUrl: paymentUrl(error.paymentId) });
    default: {
      const { code, ...fields } = error;
      return refused(code, fields);
    }
  }
};

const shown = ({ position: _, refundedAt, ...payment }: PaymentSeen) => ({
  ...payment,
  ...(refundedAt !== null && { refundedAt: iso(refundedAt) }),
});

/** 202 while the gateway's answer is unknown: it is being asked. */
const paid = (
  answer: E.Either<PreparePaymentError | ApprovePaymentError, PaymentSeen>,
  { language, caller }: Exchange,
): Answer => {
  if (E.isLeft(answer)) return problem(refusal(answer.left, caller), language);
  const { status, paymentId } = answer.right;
  if (status === 'PENDING')
    return json(202, shown(answer.right), { Location: paymentUrl(paymentId), 'Retry-After': '1' });
  const known = json(200, shown(answer.right));
  return status === 'REFUNDING' ? moving(known) : known;
};

/** The gateway has to call again only where nothing could be found out or written. Every call is looked into anew. */
const heard = (
  answer: E.Either<ApprovePaymentError, PaymentSeen>,
  paymentId: string,
  { language, caller }: Exchange,
): Answer => {
  const isToRepeat = E.isLeft(answer) && (answer.left.code === 'UNAVAILABLE' || answer.left.code === 'OUTCOME_UNKNOWN');
  return isToRepeat ? problem(refusal(answer.left, caller), language) : moving(json(200, { paymentId }));
};

const shared = { method: 'post', tag: 'Payments' } as const;
const answers = {
  200: { description: 'Paid; or, where the order was over by then, on its way back', schema: payment },
  202: {
    description: 'The gateway has not answered yet; it is asked until it does',
    schema: payment,
    headers: ['Location', 'Retry-After'],
  },
};

interface UseCases {
  readonly preparePayment: PreparePayment;
  readonly approvePayment: ApprovePayment;
  readonly hearGateway: ApprovePayment;
  readonly payAtOnce: PayAtOnce;
  readonly paymentById: PaymentById;
}

const approvalProblems = [
  'PAYMENT_NOT_FOUND',
  'NOT_PAYABLE',
  'GATEWAY_PAYMENT_USED',
  'PAYMENT_DECLINED',
  'UNAVAILABLE',
  'OUTCOME_UNKNOWN',
] as const;

/** Payments: prepared, approved, both in one, and looked at; and told by the gateway, which takes the same way. */
export const paymentRoutes = (
  { preparePayment, approvePayment, hearGateway, payAtOnce, paymentById }: UseCases,
  longPoll: LongPoll,
): ReadonlyArray<Route> => [
  route({
    ...shared,
    path: '/api/payments/prepare',
    access: concerns('body'),
    isSaleFlow: true,
    summary: 'Prepare a payment: bind order, payer and amount',
    body: paymentRequest,
    answers: { 201: { description: 'It can be approved', schema: preparedPayment } },
    problems: ['ORDER_NOT_FOUND', 'NOT_ORDERER', 'NOT_PAYABLE', 'AMOUNT_MISMATCH', 'UNAVAILABLE'],
    handle: async ({ body }, { requestId: correlationId, language, caller }) => {
      const prepared = await preparePayment({ ...body, correlationId })();
      if (E.isLeft(prepared)) return problem(refusal(prepared.left, caller), language);
      return json(201, { ...prepared.right, holdExpiresAt: iso(prepared.right.holdExpiresAt) });
    },
  }),
  route({
    ...shared,
    path: '/api/payments/webhook',
    access: 'public',
    summary: 'The gateway reports a change of a payment; its content is not trusted, the gateway is asked',
    body: webhook,
    answers: {
      200: { description: 'Heard; how the payment stands is told to those it concerns', schema: heardOfPayment },
    },
    problems: ['UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body }, exchange) =>
      heard(await hearGateway({ ...body, correlationId: exchange.requestId })(), body.paymentId, exchange),
  }),
  route({
    ...shared,
    path: '/api/payments/:paymentId/approve',
    access: concerns('payment'),
    isSaleFlow: true,
    summary: 'Let the gateway charge; it can be repeated safely',
    params: z.object({ paymentId: id }),
    body: approval,
    answers,
    problems: approvalProblems,
    handle: async ({ params, body }, exchange) =>
      paid(await approvePayment({ ...params, ...body, correlationId: exchange.requestId })(), exchange),
  }),
  route({
    ...shared,
    path: '/api/payments',
    access: concerns('body'),
    isSaleFlow: true,
    summary: 'Prepare and approve in one call',
    body: paymentAtOnce,
    answers,
    problems: ['ORDER_NOT_FOUND', 'NOT_ORDERER', 'AMOUNT_MISMATCH', ...approvalProblems],
    handle: async ({ body }, exchange) =>
      paid(await payAtOnce({ ...body, correlationId: exchange.requestId })(), exchange),
  }),
  route({
    method: 'get',
    tag: 'Payments',
    path: '/api/payments/:paymentId',
    access: concerns('payment'),
    summary: 'A payment and its state',
    listensTo: listensToPrefer,
    params: z.object({ paymentId: id }),
    answers: { 200: { description: 'The payment', schema: payment } },
    problems: ['PAYMENT_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) =>
      longPoll(exchange, (until) => found(paymentById(params.paymentId, until), exchange, shown)),
  }),
];
