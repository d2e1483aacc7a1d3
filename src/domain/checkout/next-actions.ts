import { type KnownPayment } from '../payment/payment.js';
import { type Order, type PlacedOrder, type PlacingOrder } from '../order/order.js';
import { type Instant } from '../time.js';
import { type Action } from './actions.js';
import { type Claims, isToGiveBack, refusalsIn, take } from './claims.js';
import { type Given, money, settle, waitOrExpire } from './payment-actions.js';

const place = ({ wanted }: PlacingOrder, claims: Claims, at: Instant): ReadonlyArray<Action> => {
  const { attempt } = wanted;
  const refusals = refusalsIn(claims);
  if (refusals.length > 0) return [{ do: 'RefuseOrder', attempt, refusals }];
  // An order now would hold nothing.
  if (at >= wanted.holdExpiresAt)
    return [{ do: 'RefuseOrder', attempt, refusals: [{ of: 'TIME', productId: null, code: 'TOO_LATE' }] }];
  const toTake = take(wanted, claims, false);
  return toTake.length > 0 ? toTake : [{ do: 'CreateOrder', attempt }];
};

const giveBack = ({ goods, coupon, points }: Claims): ReadonlyArray<Action> => [
  ...[...goods].flatMap(([productId, standing]): ReadonlyArray<Action> =>
    // Most orders end because goods were refused; if another call holds these late, the hold ends when it runs out.
    standing !== 'Refused' && isToGiveBack(standing) ? [{ do: 'GiveBackGoods', productId }] : [],
  ),
  ...(isToGiveBack(coupon) ? [{ do: 'RestoreCoupon' } as const] : []),
  ...(isToGiveBack(points) ? [{ do: 'ReturnPoints' } as const] : []),
];

/** What a paid order still needs; a hold that is gone is tried once more, because the goods may still be there. */
const fulfil = ({ placed }: PlacedOrder, claims: Claims): ReadonlyArray<Action> => {
  const { goods, points, delivery, reasons } = claims;
  for (const { productId } of placed.lines)
    if (goods.get(productId) === 'Refused')
      return [{ do: 'AskOperator', step: 'GOODS', reason: reasons.get(productId, 'REFUSED') }];
  if (points === 'Refused') return [{ do: 'AskOperator', step: 'POINTS', reason: reasons.get('POINTS', 'REFUSED') }];
  const owed = [
    ...placed.lines.flatMap(({ productId, quantity }): ReadonlyArray<Action> => {
      const standing = goods.get(productId, 'Unknown');
      if (standing === 'Kept') return [];
      return standing === 'Lost' || standing === 'GivenBack'
        ? [{ do: 'ReserveGoods', productId, quantity, again: true }]
        : [{ do: 'DeductGoods', productId }];
    }),
    ...(points === 'NotNeeded' || points === 'Kept' ? [] : [{ do: 'DeductPoints' } as const]),
    ...(delivery === 'Created' ? [] : [{ do: 'CreateDelivery' } as const]),
  ];
  return owed.length > 0 ? owed : [{ do: 'ConfirmOrder' }];
};

const ship = ({ delivery, reasons }: Claims): ReadonlyArray<Action> => {
  if (delivery === 'Refused')
    return [{ do: 'AskOperator', step: 'DELIVERY', reason: reasons.get('DELIVERY', 'REFUSED') }];
  return delivery === 'Shipped' ? [] : [{ do: 'ShipDelivery' }];
};

const deliver = ({ delivery, reasons }: Claims): ReadonlyArray<Action> => {
  if (delivery === 'Delivered') return [];
  if (delivery === 'Refused')
    return [{ do: 'AskOperator', step: 'DELIVERY', reason: reasons.get('DELIVERY', 'REFUSED') }];
  return delivery === 'Shipped' ? [{ do: 'CompleteDelivery' }] : [{ do: 'ShipDelivery' }];
};

const callBack = ({ delivery, reasons }: Claims): ReadonlyArray<Action> => {
  if (delivery === 'Refused')
    return [{ do: 'AskOperator', step: 'DELIVERY', reason: reasons.get('DELIVERY', 'REFUSED') }];
  return delivery === 'Cancelled' ? [] : [{ do: 'CancelDelivery' }];
};

/** What an order still needs because of its status; payments are handled apart. */
const entailed = (order: PlacedOrder, claims: Claims): ReadonlyArray<Action> => {
  switch (order.status) {
    case 'CREATED':
    case 'PENDING_PAYMENT':
      return [];
    case 'PAID':
      return fulfil(order, claims);
    case 'CONFIRMED':
      return claims.visits === 'Unknown' ? [{ do: 'CompleteVisits' }] : [];
    case 'SHIPPED':
      return ship(claims);
    case 'DELIVERED':
      return deliver(claims);
    case 'CANCELLED':
      return [...giveBack(claims), ...callBack(claims)];
    case 'FAILED':
    case 'EXPIRED':
      return giveBack(claims);
  }
};

/**
 * What an order still needs, no matter who asks and what was interrupted before: all of it may be carried out at the same time,
 * and then this is asked again. Empty: nothing is left to do.
 */
export const nextActions = (
  order: Order,
  claims: Claims,
  payments: ReadonlyArray<KnownPayment>,
  given: Given,
): ReadonlyArray<Action> => {
  switch (order.status) {
    case 'Unknown':
      return [];
    case 'PLACING':
      return place(order, claims, given.at);
    case 'NOT_PLACED':
      return giveBack(claims);
    default: {
      const decisive = settle(order, claims, payments, given);
      if (decisive !== null) return decisive;
      const { at } = given;
      const isUnpaid = order.status === 'CREATED' || order.status === 'PENDING_PAYMENT';
      const expiring = isUnpaid ? waitOrExpire(order, claims, payments, at) : [];
      const isExpiring = expiring.some(({ do: doing }) => doing !== 'Wait');
      if (isExpiring) return expiring;
      return [
        ...payments.flatMap((payment) => money(order, claims, payment, at)),
        ...expiring,
        ...entailed(order, claims),
      ];
    }
  }
};
