import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import {
  type Charge,
  type GatewayAnswer,
  type GatewayError,
  type GatewayInquiry,
  type PaymentGateway,
} from '../../application/ports/payment-gateway.js';
import { callNaverPay, type NaverPayAnswer, type NaverPayOptions } from './call.js';

type Answered<A> = E.Either<GatewayError, A>;

const approved = z.object({ detail: z.object({ totalPayAmount: z.number() }) });
const history = z.object({
  list: z.array(
    z.object({
      /** 01: charged; 03: given back, all of it; 04: a part of it. */
      admissionTypeCode: z.string(),
      admissionState: z.string(),
      totalPayAmount: z.number().optional(),
    }),
  ),
});

const declined = (code: string) => E.right({ answer: 'Declined', code } as const);
const unknown = E.left('GatewayOutcomeUnknown' as const);

/** Still at it, or it is done and must be asked for: neither tells whether it charged. */
const UNDECIDED = new Set(['AlreadyOnGoing', 'AlreadyComplete', 'ProcessingTimeOut', 'MaintenanceOngoing']);

const approval =
  ({ amount }: Charge) =>
  ({ code, body }: NaverPayAnswer): Answered<GatewayAnswer> => {
    if (UNDECIDED.has(code)) return unknown;
    if (code !== 'Success') return declined(code);
    // Charged, but not what we asked for: a person has to look, nothing is concluded.
    return approved.safeParse(body).data?.detail.totalPayAmount === amount
      ? E.right({ answer: 'Approved', code })
      : unknown;
  };

const inquiry =
  ({ amount }: Charge) =>
  ({ code, body }: NaverPayAnswer): Answered<GatewayInquiry> => {
    if (code !== 'Success') return unknown;
    const found = history.safeParse(body).data?.list;
    if (found === undefined) return unknown;
    const charged = found.find(({ admissionTypeCode }) => admissionTypeCode === '01');
    if (charged === undefined) return E.right({ answer: 'NotCharged', code: 'NoHistory' });
    if (charged.admissionState === 'FAIL') return declined(charged.admissionState);
    if (charged.admissionState !== 'SUCCESS') return unknown;
    return charged.totalPayAmount === amount ? E.right({ answer: 'Approved', code: charged.admissionState }) : unknown;
  };

const refund = ({ code }: NaverPayAnswer): Answered<GatewayAnswer> => {
  if (code === 'Success' || code === 'AlreadyCanceled') return E.right({ answer: 'Approved', code });
  // Begun and not through: the same call again completes it.
  if (code === 'CancelNotComplete' || code === 'PreCancelNotComplete' || UNDECIDED.has(code)) return unknown;
  return declined(code);
};

/** Naver Pay over HTTP, by its own conventions: form bodies, result codes beside status 200, its key against repetition. */
export const naverPay = (options: NaverPayOptions): PaymentGateway => {
  const call = callNaverPay(options);
  return {
    approve: (charge) =>
      F.pipe(
        call({
          path: 'v2.2/apply/payment',
          idempotencyKey: charge.paymentId,
          form: { paymentId: charge.gatewayPaymentId },
        }),
        TE.flatMapEither(approval(charge)),
      ),
    inquire: (charge) =>
      F.pipe(
        call({
          path: `v2.2/list/history/${encodeURIComponent(charge.gatewayPaymentId)}`,
          idempotencyKey: `${charge.paymentId}-inquiry`,
          form: {},
        }),
        TE.flatMapEither(inquiry(charge)),
      ),
    refund: ({ paymentId, gatewayPaymentId, amount }, reason) =>
      F.pipe(
        call({
          path: 'v1/cancel',
          idempotencyKey: `${paymentId}-refund`,
          form: {
            paymentId: gatewayPaymentId,
            cancelAmount: String(amount),
            cancelReason: reason,
            cancelRequester: '2',
            taxScopeAmount: String(amount),
            taxExScopeAmount: '0',
          },
        }),
        TE.flatMapEither(refund),
      ),
  };
};
