import { Map } from 'immutable';
import { type OrderTerms } from '../order/events.js';

/**
 * How far one thing that an order needs is, as far as this run knows. Unknown: nobody has asked in this run, and asking
 * changes nothing where it was asked before. Lost: it was not held any more when it was to be kept.
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

/** Nothing is known: so it is at the beginning of every run. */
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

/** What has to be had before the order may go on, and is not. */
export const isMissing = (standing: Standing): boolean =>
  standing === 'Unknown' || standing === 'Lost' || standing === 'GivenBack';
/** What may be there, and goes back when the order is over. */
export const isToGiveBack = (standing: Standing): boolean =>
  standing === 'Unknown' || standing === 'Taken' || standing === 'Lost' || standing === 'Kept';
