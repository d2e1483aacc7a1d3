import { z } from 'zod';
import { MOST_MONEY } from '../../../domain/money.js';
import { orderStatuses } from '../../../domain/order/order.js';
import { MOST_STOCK } from '../../../domain/stock/stock.js';
import { fault } from '../faults.js';
import {
  atMost,
  challenge,
  id,
  idLike,
  idOut,
  MOST_EXACT,
  pageOut,
  receiptOut,
  text,
  timeOut,
  whoAndWhy,
  named,
} from './fields.js';

/** In the currency's smallest unit; far below where sums would lose their last digit. */
const money = z.int().min(0).max(MOST_MONEY);
const latePayment = z.enum(['REACQUIRE', 'REFUND']);
const soldOut = z.enum(['REOPEN', 'STAY_CLOSED']);
const cancel = z.enum(['UNTIL_SHIPPED', 'UNTIL_PAID']);
const quantity = z.int().min(1).max(1_000_000);

const units = z.int().min(1).max(1_000_000).nullable();
const limits = {
  maxPerUser: units.describe('Units over all orders of a user that stand; null: no limit.'),
  maxOpenHolds: units.describe('Unpaid orders of a user that hold it; null: no limit.'),
  pauseAfterExpirySeconds: z
    .int()
    .min(1)
    .max(7 * 86_400)
    .nullable()
    .describe('How long a user must wait to order it again after a hold expired, in seconds; null: no wait.'),
};
const limitsIn = {
  challenge: challenge.exactOptional(),
  maxPerUser: limits.maxPerUser.exactOptional(),
  maxOpenHolds: limits.maxOpenHolds.exactOptional(),
  pauseAfterExpirySeconds: limits.pauseAfterExpirySeconds.exactOptional(),
};

export const newProduct = named('NewProduct', {
  productId: id.exactOptional(),
  name: text(200),
  price: money,
  stock: z.int().min(0).max(MOST_STOCK),
  eventId: id.nullish(),
  policy: z
    .object({
      latePayment: latePayment.exactOptional(),
      soldOut: soldOut.exactOptional(),
      cancel: cancel.exactOptional(),
    })
    .exactOptional()
    .describe('Sale policy of the product. A field that is left out gets the default of the shop.'),
  ...limitsIn,
});
export const product = named('Product', {
  productId: idOut,
  name: z.string(),
  price: z.int(),
  eventId: idOut.nullable(),
  onHand: z.int(),
  held: z.int(),
  available: z.int(),
  status: z
    .enum(['AVAILABLE', 'SOLD_OUT'])
    .describe(
      'SOLD_OUT: nothing is left to order now. It tells of the stock alone: whether the product sells yet, or no more, tells the event it is tied to.',
    ),
  policy: z.object({ latePayment, soldOut, cancel }),
  ...limits,
  challenge,
});
export const productTermsChange = named('ProductTermsChange', { ...limitsIn, ...whoAndWhy });
export const newDelivery = named('NewDelivery', { quantity, deliveryNote: id.exactOptional() });
export const shelf = named('Shelf', { onHand: z.int(), held: z.int(), available: z.int() });
const stockEntry = z.object({
  entry: z.int(),
  kind: z.enum(['RECEIVED', 'TERMS_CHANGED', 'RESERVED', 'EXTENDED', 'RELEASED', 'DEDUCTED', 'RESTORED']),
  orderId: z.string().nullable().describe('null: of no order, or of many.'),
  onHand: z.int(),
  held: z.int(),
  reason: z.string().nullable(),
  at: timeOut,
});
export const stockAudit = pageOut(stockEntry).meta({ id: 'StockAudit' });

export const pointsCharge = named('PointsCharge', { amount: money.min(1), chargeId: id.exactOptional() });
export const points = named('Points', { userId: idOut, balance: z.int(), reserved: z.int(), available: z.int() });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MOST_FIELDS = 32;
/** A larger number has lost digits already. */
const exact = z.number().min(-MOST_EXACT, fault('INTEGER_TOO_LARGE')).max(MOST_EXACT, fault('INTEGER_TOO_LARGE'));
const shippingValue = z.union([atMost(500), exact, z.boolean(), z.null()], { error: fault('FLAT_VALUE') });
/** Where to: fields as the shop and its carrier agree, handed on as they are. */
const shipping = z
  .unknown()
  // Before any field is looked at: each of thousands would be a fault of its own.
  .refine((fields) => !isRecord(fields) || Object.keys(fields).length <= MOST_FIELDS, {
    error: fault('TOO_MANY_FIELDS'),
  })
  // A parser drops this name without a word.
  .refine((fields) => typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, '__proto__'), {
    error: fault('FIELD_NAME'),
  })
  .pipe(
    z
      .record(atMost(64), shippingValue)
      .refine((fields) => Object.keys(fields).length > 0, { error: fault('NO_FIELDS') }),
  )
  .meta({
    type: 'object',
    minProperties: 1,
    maxProperties: MOST_FIELDS,
    propertyNames: { type: 'string', maxLength: 64, not: { const: '__proto__' } },
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'null'],
      maxLength: 500,
      minimum: -MOST_EXACT,
      maximum: MOST_EXACT,
    },
    description: 'Flat: what it is made of is between the shop and its carrier.',
    examples: [{ recipient: 'Ana', address: 'Harbour 1' }],
  });
/** As it was taken; those of before there were bounds may be of any shape. */
const shippingOut = z.record(z.string(), z.unknown()).meta({ examples: [{ recipient: 'Ana', address: 'Harbour 1' }] });
const newOrder = named(
  'NewOrder',
  {
    orderId: id.exactOptional(),
    userId: id,
    lines: z
      .array(z.object({ productId: id, quantity }))
      .min(1)
      .max(100),
    shipping,
    couponId: id.nullish(),
    usePoints: money.exactOptional(),
  },
  { required: ['lines', 'shipping'] },
);

/** The same, for a shop that marks fields as personal: one that stands beside `shipping` becomes a field of it, and is stored and erased with it. */
export const newOrderMarking = (marked: ReadonlyArray<string>): z.ZodType<z.output<typeof newOrder>> => {
  const own = new Set(marked.filter((name) => !Object.hasOwn(newOrder.shape, name)));
  return z.preprocess((body) => {
    if (own.size === 0 || !isRecord(body) || !isRecord(body['shipping'])) return body;
    const beside = Object.entries(body).filter(([name]) => own.has(name));
    return { ...body, shipping: { ...body['shipping'], ...Object.fromEntries(beside) } };
  }, newOrder);
};

const orderStatus = z.enum(orderStatuses);
export const createdOrder = named('CreatedOrder', {
  orderId: idOut,
  status: orderStatus,
  total: z.int(),
  discount: z.int(),
  points: z.int(),
  holdExpiresAt: timeOut,
  receipt: receiptOut,
});
const paymentStatus = z
  .enum(['PENDING', 'PAID', 'DECLINED', 'CANCELLED', 'REFUNDING', 'REFUNDED'])
  .describe('CANCELLED: never charged, and never will be, for the order is over or paid otherwise.');
export const order = named('Order', {
  orderId: idOut,
  userId: idOut,
  status: orderStatus,
  lines: z.array(z.object({ productId: idOut, quantity: z.int(), unitPrice: z.int() })),
  shipping: shippingOut.nullable().describe('Null: it was erased.'),
  erased: z.literal(true).optional().describe('What identified the person who ordered was erased.'),
  couponId: idOut.nullable(),
  discount: z.int(),
  points: z.int(),
  total: z.int(),
  holdExpiresAt: timeOut,
  paymentId: idOut.nullable(),
  payment: z
    .object({ paymentId: idOut, amount: z.int(), status: paymentStatus })
    .nullable()
    .describe('The payment that pays it, or is to; null before one was prepared.'),
  refund: z
    .object({
      paymentId: idOut,
      amount: z.int(),
      status: z.enum(['REFUNDING', 'REFUNDED']),
      refundedAt: timeOut.nullable(),
    })
    .nullable()
    .describe('What is given back, or was; null where there is nothing to give back.'),
  reason: z.string().nullable(),
  createdAt: timeOut,
  updatedAt: timeOut,
});
export const orders = pageOut(order).meta({ id: 'Orders' });
export const orderOperation = named('OrderOperation', { reason: text(500).exactOptional() });
export const orderStepped = named('OrderStepped', { orderId: idOut, status: orderStatus });

/** The gateway's own number of a payment: whatever it uses. It begins with no dot, so that it names no other path in the gateway's address. */
const gatewayPaymentId = idLike(/^[\w:-][\w.:-]{0,99}$/).meta({ examples: ['20261201-4711'] });
export const paymentRequest = named(
  'PaymentRequest',
  { orderId: id, userId: id, amount: money },
  { required: ['orderId', 'amount'] },
);
export const approval = named('Approval', { gatewayPaymentId });
export const paymentAtOnce = named(
  'PaymentAtOnce',
  { orderId: id, userId: id, amount: money, gatewayPaymentId },
  { required: ['orderId', 'amount', 'gatewayPaymentId'] },
);
export const webhook = named('PaymentWebhook', { paymentId: id, gatewayPaymentId });
/** Anybody may call the webhook, so it tells nothing that the caller has not told. */
export const heardOfPayment = named('HeardOfPayment', { paymentId: idOut });
export const preparedPayment = named('PreparedPayment', {
  paymentId: idOut,
  orderId: idOut,
  amount: z.int(),
  status: z.literal('PENDING'),
  holdExpiresAt: timeOut,
});
export const payment = named('Payment', {
  paymentId: idOut,
  orderId: idOut,
  amount: z.int(),
  status: paymentStatus,
  refundedAt: timeOut.optional().describe('When the gateway had given it back.'),
});
