import { type Refusal } from '../order/events.js';
import { type Instant } from '../time.js';

type Each<Name extends string, Of = object> = Name extends string ? { readonly do: Name } & Readonly<Of> : never;

/** One thing that an order still needs. Carrying it out again changes nothing. */
export type Action =
  /** `again`: the order was placed before, and has given it back. */
  | Each<'ReserveGoods', { productId: string; quantity: number; again: boolean }>
  | Each<'RedeemCoupon' | 'ReservePoints'>
  | Each<'CreateOrder', { attempt: number }>
  | Each<'RefuseOrder', { attempt: number; refusals: ReadonlyArray<Refusal> }>
  /** `mayCharge`: a gateway that has not charged is called once more with the same key, which makes its answer final. */
  | Each<'AskGateway', { paymentId: string; mayCharge: boolean }>
  | Each<'PayOrder', { paymentId: string; late: boolean }>
  | Each<'RefusePayment' | 'RequestRefund' | 'Refund', { paymentId: string }>
  | Each<'DeductGoods' | 'GiveBackGoods', { productId: string }>
  /** `holdExpiresAt`: of its goods, with a payment under way. */
  | Each<'ExpireOrder', { holdExpiresAt: Instant }>
  | Each<'FailOrder' | 'ConfirmOrder'>
  | Each<'DeductPoints' | 'ReturnPoints' | 'RestoreCoupon' | 'CompleteVisits'>
  | Each<'CreateDelivery' | 'ShipDelivery' | 'CompleteDelivery' | 'CancelDelivery'>
  /** Nothing is owed before then; null: before it is tried again. */
  | Each<'Wait', { until: Instant | null; reason: string }>
  /** It cannot be done: a person has to decide. */
  | Each<'AskOperator', { step: 'GOODS' | 'POINTS' | 'DELIVERY'; reason: string }>;

export type Doing = Action['do'];
