import { type OrderTerms, type Refusal } from '../order/events.js';
import { type Action } from './actions.js';
import { type Claims, isMissing } from './claims.js';

/** Goods before coupon and points: who cannot have the goods uses up nothing. */
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

/** Everything that could not be had. */
export const refusalsIn = ({ goods, coupon, points, reasons }: Claims): ReadonlyArray<Refusal> => [
  ...[...goods].flatMap(([productId, standing]): ReadonlyArray<Refusal> =>
    standing === 'Refused' ? [{ of: 'GOODS', productId, code: reasons.get(productId, 'REFUSED') }] : [],
  ),
  ...(coupon === 'Refused' ? [{ of: 'COUPON', productId: null, code: reasons.get('COUPON', 'REFUSED') } as const] : []),
  ...(points === 'Refused' ? [{ of: 'POINTS', productId: null, code: reasons.get('POINTS', 'REFUSED') } as const] : []),
];
