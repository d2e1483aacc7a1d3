import { Map } from 'immutable';
import { type OrderTerms, type Refusal } from '../order/events.js';
import { type Action } from './actions.js';

/**
 * The state of one thing that an order needs, as far as this run knows. Unknown: not asked for in this run yet; asking
 * again changes nothing. Lost: it was no longer held when it was to be kept.
 */
export type Standing = 'NotNeeded' | 'Unknown' | 'Taken' | 'Refused' | 'Lost' | 'Kept' | 'GivenBack';

/** What an order has of what it needs, as far as this run knows. */
export interface Claims {
  /** By product. */
  readonly goods: Map<string, Standing>;
  readonly coupon: Standing;
  readonly points: Standing;
  readonly delivery: 'Unknown' | 'Created' | 'Shipped' | 'Delivered' | 'Cancelled' | 'Refused';
  readonly visits: 'Unknown' | 'Completed';
  /** Why something was refused: by product, or `coupon`, `points`, `delivery` in capitals. */
  readonly reasons: Map<string, string>;
  /** Payments the gateway was asked about in this run and did not settle, and why it did not. */
  readonly asked: Map<string, string>;
}

/** Nothing is known: the beginning of every run. */
export const unknownClaims = ({
  lines,
  couponId,
  points,
}: Pick<OrderTerms, 'lines' | 'couponId' | 'points'>): Claims => ({
  goods: Map(lines.map(({ productId }) => [productId, 'Unknown'])),
  coupon: couponId === null ? 'NotNeeded' : 'Unknown',
  points: points === 0 ? 'NotNeeded' : 'Unknown',
  delivery: 'Unknown',
  visits: 'Unknown',
  reasons: Map(),
  asked: Map(),
});

/** What the order still needs before it can continue. */
const isMissing = (standing: Standing): boolean =>
  standing === 'Unknown' || standing === 'Lost' || standing === 'GivenBack';
/** When the order is over, also what was refused: another call may be taking it. */
export const isToGiveBack = (standing: Standing): boolean => standing !== 'NotNeeded' && standing !== 'GivenBack';

/** Goods before coupon and points: an order that cannot get its goods uses up nothing. */
export const take = (
  { lines }: OrderTerms,
  { goods, coupon, points }: Claims,
  again: boolean,
): ReadonlyArray<Action> => {
  const missing = lines.filter(({ productId }) => isMissing(goods.get(productId, 'Unknown')));
  if (missing.length > 0)
    return missing.map(({ productId, quantity }) => ({ do: 'ReserveGoods', productId, quantity, again }));
  return [
    ...(isMissing(coupon) ? [{ do: 'RedeemCoupon' } as const] : []),
    ...(isMissing(points) ? [{ do: 'ReservePoints' } as const] : []),
  ];
};

export const refusalsIn = ({ goods, coupon, points, reasons }: Claims): ReadonlyArray<Refusal> => [
  ...[...goods].flatMap(([productId, standing]): ReadonlyArray<Refusal> =>
    standing === 'Refused' ? [{ of: 'GOODS', productId, code: reasons.get(productId, 'REFUSED') }] : [],
  ),
  ...(coupon === 'Refused' ? [{ of: 'COUPON', productId: null, code: reasons.get('COUPON', 'REFUSED') } as const] : []),
  ...(points === 'Refused' ? [{ of: 'POINTS', productId: null, code: reasons.get('POINTS', 'REFUSED') } as const] : []),
];
