import { either as E } from 'fp-ts';
import { type Action, type Doing } from '../../../domain/checkout/actions.js';

/** What operators are told of an action that does not come through. */
const steps = {
  ReserveGoods: 'RESERVE_STOCK',
  RedeemCoupon: 'REDEEM_COUPON',
  ReservePoints: 'RESERVE_POINTS',
  CreateOrder: 'CREATE_ORDER',
  RefuseOrder: 'REFUSE_ORDER',
  AskGateway: 'SETTLE_PAYMENT',
  PayOrder: 'SETTLE_PAYMENT',
  RefusePayment: 'SETTLE_PAYMENT',
  RequestRefund: 'SETTLE_PAYMENT',
  Refund: 'SETTLE_PAYMENT',
  FailOrder: 'SETTLE_PAYMENT',
  ExpireOrder: 'EXPIRE_ORDER',
  DeductGoods: 'DEDUCT_STOCK',
  DeductPoints: 'DEDUCT_POINTS',
  CreateDelivery: 'CREATE_DELIVERY',
  ConfirmOrder: 'CONFIRM_ORDER',
  CompleteVisits: 'COMPLETE_VISIT',
  GiveBackGoods: 'RESTORE_STOCK',
  ReturnPoints: 'RETURN_POINTS',
  RestoreCoupon: 'RESTORE_COUPON',
  ShipDelivery: 'SHIP_DELIVERY',
  CompleteDelivery: 'COMPLETE_DELIVERY',
  CancelDelivery: 'CANCEL_DELIVERY',
} as const satisfies Record<Exclude<Doing, 'Wait' | 'AskOperator'>, string>;

/** What is carried out; the others say that nothing is. */
export type Doable = Exclude<Action, { readonly do: 'Wait' | 'AskOperator' }>;
export type StepName = (typeof steps)[Doable['do']] | 'LOAD';

/** Why an order does not go on. Wait: an engine is away, or an answer is not known. Failed: decided, and against us. */
export interface StepError {
  readonly step: StepName;
  readonly kind: 'Wait' | 'Failed';
  readonly reason: string;
}

export const stepOf = (action: Doable): StepName => steps[action.do];

export const waits = (step: StepName, reason: string): E.Either<StepError, never> =>
  E.left({ step, kind: 'Wait', reason });
export const fails = (step: StepName, reason: string): E.Either<StepError, never> =>
  E.left({ step, kind: 'Failed', reason });
