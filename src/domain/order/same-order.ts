import { fromJS, is, Map } from 'immutable';
import { type Shipping } from '../delivery/events.js';
import { isSealed } from '../sealed.js';
import { type OrderTerms, type OrderLine } from './events.js';

/** What a client asks for when it places an order: prices and discounts are the shop's. */
export interface OrderContent extends Pick<OrderTerms, 'userId' | 'shipping' | 'couponId' | 'points'> {
  readonly lines: ReadonlyArray<Pick<OrderLine, 'productId' | 'quantity'>>;
}

const wanted = (lines: OrderContent['lines']): Map<string, number> =>
  lines.reduce(
    (sum, { productId, quantity }) => sum.update(productId, 0, (before) => before + quantity),
    Map<string, number>(),
  );

/** Plain shipping cannot be compared with sealed shipping: then only the rest is compared. */
const isSamePlace = (one: Shipping, other: Shipping): boolean =>
  isSealed(one) === isSealed(other) ? is(fromJS(one), fromJS(other)) : true;

/** Whether two orders ask for the same. The order of lines and fields does not matter. */
export const isSameOrder = (one: OrderContent, other: OrderContent): boolean =>
  one.userId === other.userId &&
  one.couponId === other.couponId &&
  one.points === other.points &&
  is(wanted(one.lines), wanted(other.lines)) &&
  isSamePlace(one.shipping, other.shipping);
