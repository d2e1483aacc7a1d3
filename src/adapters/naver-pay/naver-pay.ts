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

/** `merchantPayKey`: what the shop named when the payment was opened: the order, or its payment. */
const told = { totalPayAmount: z.number().optional(), merchantPayKey: z.string().optional() };
const approved = z.object({ detail: z.object(told) });
const history = z.object({
  list: z.array(
    z.object({
      /** 01: charged; 03: given back, all of it; 04: a part of it. */
      admissionTypeCode: z.string(),
      admissionState: z.string(),
      ...told,
    }),
  ),
});

const declined = (code: string) => E.right({ answer: 'Declined', code } as const);
const unknown = E.left('GatewayOutcomeUnknown' as const);
const undecided = E.left('GatewayUndecided' as const);

/** It cannot work now: neither tells whether it charged. */
const FAILING = new Set(['ProcessingTimeOut', 'MaintenanceOngoing']);
/** Still at it, or it is done and must be asked for. */
const UNDECIDED = new Set(['AlreadyOnGoing', 'AlreadyComplete']);

const isOurs = ({ paymentId, orderId }: Charge, merchantPayKey: string | undefined): boolean =>
  merchantPayKey === undefined || merchantPayKey === paymentId || merchantPayKey === orderId;

const OTHER_KEY = 'MerchantPayKeyMismatch';
/** What our call charged cannot pay for what we asked. */
interface Mismatch {
  readonly answer: 'Mismatch';
  readonly code: string;
  readonly charged: number;
}
const mismatch = (code: string, charged: number): Mismatch => ({ answer: 'Mismatch', code, charged });

const approval =
  (charge: Charge) =>
  ({ code, body }: NaverPayAnswer): Answered<GatewayAnswer | Mismatch> => {
    if (FAILING.has(code)) return unknown;
    if (UNDECIDED.has(code)) return undecided;
    if (code !== 'Success') return declined(code);
    const { totalPayAmount: charged, merchantPayKey } = approved.safeParse(body).data?.detail ?? {};
    if (charged === undefined) return undecided;
    if (!isOurs(charge, merchantPayKey)) return E.right(mismatch(OTHER_KEY, charged));
    if (charged !== charge.amount) return E.right(mismatch('AmountMismatch', charged));
    return E.right({ answer: 'Approved', code });
  };

const isDone = ({ admissionState }: { readonly admissionState: string }): boolean => admissionState === 'SUCCESS';

/** A charge that was repeated was ours, or it does not tell. */
const mayBeOurs = ({ code }: NaverPayAnswer): boolean =>
  code === 'Success' || code === 'AlreadyOnGoing' || FAILING.has(code);

/** Something was charged with this number that cannot pay for what we asked. `otherwise`: what that means if we did not charge it. */
interface OtherCharge {
  readonly answer: 'OtherCharge';
  readonly code: string;
  readonly otherwise: Answered<GatewayAnswer>;
}
const otherCharge = (code: string, otherwise: Answered<GatewayAnswer> = undecided): Answered<OtherCharge> =>
  E.right({ answer: 'OtherCharge', code, otherwise });

const inquiry =
  (charge: Charge) =>
  ({ code, body }: NaverPayAnswer): Answered<GatewayInquiry | OtherCharge> => {
    if (FAILING.has(code)) return unknown;
    if (code !== 'Success') return undecided;
    const found = history.safeParse(body).data?.list;
    if (found === undefined) return undecided;
    const admissions = found.filter(({ admissionTypeCode }) => admissionTypeCode === '01');
    // One that failed may have been tried again, with success.
    const charged = admissions.find(isDone) ?? admissions[0];
    if (charged === undefined) return E.right({ answer: 'NotCharged', code: 'NoHistory' });
    if (found.some((entry) => entry.admissionTypeCode === '03' && isDone(entry))) return declined('Cancelled');
    if (charged.admissionState === 'FAIL') return declined(charged.admissionState);
    if (!isDone(charged)) return undecided;
    if (!isOurs(charge, charged.merchantPayKey)) return otherCharge(OTHER_KEY, declined(OTHER_KEY));
    // If we did not charge that, a person has to look: nothing is concluded.
    if (charged.totalPayAmount !== charge.amount) return otherCharge('AmountMismatch');
    if (found.some((entry) => entry.admissionTypeCode === '04' && isDone(entry))) return otherCharge('PartlyCanceled');
    return E.right({ answer: 'Approved', code: charged.admissionState });
  };

const refund = ({ code }: NaverPayAnswer): Answered<GatewayAnswer> => {
  if (code === 'Success' || code === 'AlreadyCanceled') return E.right({ answer: 'Approved', code });
  if (FAILING.has(code)) return unknown;
  // Begun and not through: the same call again completes it.
  if (code === 'CancelNotComplete' || code === 'PreCancelNotComplete' || UNDECIDED.has(code)) return undecided;
  return declined(code);
};

/** More than is left was to go back: a part of it was given back already, as people can in Naver Pay's own console. */
const EXCEEDS_REST = new Set(['OverRemainAmount', 'TaxScopeAmtGreaterThanRemainError']);

/** What was charged and not given back. */
const rest = ({ code, body }: NaverPayAnswer): Answered<number> => {
  if (FAILING.has(code)) return unknown;
  const entries = (code === 'Success' && history.safeParse(body).data?.list.filter(isDone)) || [];
  if (!entries.some(({ admissionTypeCode }) => admissionTypeCode === '01')) return undecided;
  let left = 0;
  for (const { admissionTypeCode, totalPayAmount } of entries) {
    if (totalPayAmount === undefined) return undecided;
    left += admissionTypeCode === '01' ? totalPayAmount : -totalPayAmount;
  }
  return E.right(left);
};

/** Naver Pay over HTTP, by its own conventions: form bodies, result codes beside status 200, its key against repetition. */
export const naverPay = (options: NaverPayOptions): PaymentGateway => {
  const call = callNaverPay(options);
  const historyOf = ({ paymentId, gatewayPaymentId }: Charge) =>
    call({
      path: `v2.2/list/history/${encodeURIComponent(gatewayPaymentId)}`,
      idempotencyKey: `${paymentId}-inquiry`,
      form: {},
    });
  const cancelOnce = (gatewayPaymentId: string, amount: number, reason: string, idempotencyKey: string) =>
    F.pipe(
      call({
        path: 'v1/cancel',
        idempotencyKey,
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
    );
  /** All of it, or what is left of it. */
  const cancel = (charge: Charge, amount: number, reason: string) => {
    const key = `${charge.paymentId}-refund`;
    // Nothing is left where the rest was cancelled, and the answer was lost.
    const cancelRest = (left: number, told: GatewayAnswer): TE.TaskEither<GatewayError, GatewayAnswer> =>
      left > 0 && left < amount
        ? cancelOnce(charge.gatewayPaymentId, left, reason, `${key}-${left}`)
        : TE.right(left === 0 ? { ...told, answer: 'Approved' } : told);
    return F.pipe(
      cancelOnce(charge.gatewayPaymentId, amount, reason, key),
      TE.flatMap((told) =>
        EXCEEDS_REST.has(told.code)
          ? F.pipe(
              historyOf(charge),
              TE.flatMapEither(rest),
              TE.flatMap((left) => cancelRest(left, told)),
            )
          : TE.right(told),
      ),
    );
  };
  /** Charged for somebody else's payment, or another amount: it goes back, and is declined once it has. */
  const settled =
    (charge: Charge) =>
    (told: GatewayAnswer | Mismatch): TE.TaskEither<GatewayError, GatewayAnswer> =>
      told.answer !== 'Mismatch'
        ? TE.right(told)
        : F.pipe(
            cancel(charge, told.charged, told.code),
            TE.flatMapEither(({ answer }) => (answer === 'Approved' ? declined(told.code) : undecided)),
          );
  const apply = ({ paymentId, gatewayPaymentId }: Charge) =>
    call({ path: 'v2.2/apply/payment', idempotencyKey: paymentId, form: { paymentId: gatewayPaymentId } });
  /** What our own call charged, it says again when it is repeated; then that goes back. If it says no, somebody else charged it. */
  const otherSettled = (charge: Charge, { code, otherwise }: OtherCharge): TE.TaskEither<GatewayError, GatewayAnswer> =>
    F.pipe(
      apply(charge),
      TE.flatMapEither((told) => (mayBeOurs(told) ? approval(charge)(told) : otherwise)),
      TE.map((told) => (told.answer === 'Approved' ? mismatch(code, charge.amount) : told)),
      TE.flatMap(settled(charge)),
    );
  return {
    approve: (charge) => F.pipe(apply(charge), TE.flatMapEither(approval(charge)), TE.flatMap(settled(charge))),
    inquire: (charge) =>
      F.pipe(
        historyOf(charge),
        TE.flatMapEither(inquiry(charge)),
        TE.flatMap((told): TE.TaskEither<GatewayError, GatewayInquiry> =>
          told.answer === 'OtherCharge' ? otherSettled(charge, told) : TE.right(told),
        ),
      ),
    refund: (charge, reason) => cancel(charge, charge.amount, reason),
  };
};
