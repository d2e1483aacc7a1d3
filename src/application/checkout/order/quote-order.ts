import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { MOST_MONEY } from '../../../domain/money.js';
import { type OrderLine } from '../../../domain/order/events.js';
import { priceOf } from '../../../domain/order/start-placing.js';
import { type OrderPolicy, strictest } from '../../../domain/sale-policy.js';
import { couponsView } from '../../coupon/coupons.js';
import { issuedCouponAggregate, issuedCouponStream } from '../../coupon/issued-coupon-aggregate.js';
import { userCouponId, userCouponsView } from '../../coupon/user-coupons.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { type Ports } from '../../ports/ports.js';
import { type StockLine } from '../../ports/stock-gate.js';
import { saleAggregate } from '../../shop-event/sale-aggregate.js';
import { type ProductDocument, productsView } from '../stock/views/products.js';
import { type CouponNotUsable, type CouponOf, type CouponUse, discountOf } from './coupon-use.js';

export interface Wish {
  readonly orderId: string;
  readonly userId: string;
  readonly lines: ReadonlyArray<StockLine>;
  readonly couponId: string | null;
  readonly points: number;
}

/** What an order costs, line by line; one line a product. */
export interface Quote {
  readonly lines: ReadonlyArray<OrderLine>;
  readonly discount: number;
  readonly policy: OrderPolicy;
  /** The shop's events the products are tied to, each once. */
  readonly eventIds: ReadonlyArray<string>;
}

/** A product of which there is not enough. */
export interface ShortLine {
  readonly productId: string;
  /** Null: not told. */
  readonly available: number | null;
}

export type QuoteError =
  | { readonly code: 'PRODUCT_NOT_FOUND' | 'SALE_NOT_OPEN'; readonly productId: string }
  /** Sold out, and what comes back stays closed. */
  | { readonly code: 'INSUFFICIENT_STOCK'; readonly lines: ReadonlyArray<ShortLine> }
  | CouponNotUsable
  /** What the lines cost is more than can be paid exactly. */
  | { readonly code: 'TOTAL_TOO_LARGE'; readonly most: number }
  | { readonly code: 'POINTS_EXCEED_TOTAL' | 'UNAVAILABLE' };

export interface QuotePorts extends Pick<Ports, 'clock'> {
  readonly products: (ids: ReadonlyArray<string>) => TE.TaskEither<unknown, ReadonlyArray<O.Option<ProductDocument>>>;
  readonly couponOf: CouponOf;
  readonly isOpen: (eventId: string) => TE.TaskEither<unknown, boolean>;
}

export type QuoteOrder = (wish: Wish) => TE.TaskEither<QuoteError, Quote>;

/** What is wanted of each product in all: two lines of one product are one. */
const merged = (lines: ReadonlyArray<StockLine>): ReadonlyArray<StockLine> => {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  return [...wanted].map(([productId, quantity]) => ({ productId, quantity }));
};

const unavailable = E.left({ code: 'UNAVAILABLE' } as const);

/** Every product exists and sells now, at its own price; the coupon is theirs, unused and worth something; points cover no more than the rest. */
export const quoteOrder =
  ({ products, couponOf, isOpen, clock }: QuotePorts): QuoteOrder =>
  ({ orderId, userId, lines, couponId, points }) =>
  async () => {
    const wanted = merged(lines);
    const found = await products(wanted.map(({ productId }) => productId))();
    if (E.isLeft(found)) return unavailable;
    const priced: OrderLine[] = [];
    const policies: OrderPolicy[] = [];
    const eventIds = new Set<string>();
    const closed: ShortLine[] = [];
    for (const [index, { productId, quantity }] of wanted.entries()) {
      const product = found.right[index];
      if (product === undefined || O.isNone(product)) return E.left({ code: 'PRODUCT_NOT_FOUND', productId });
      const { price: unitPrice, eventId, policy, isClosed } = product.value;
      if (eventId !== null) {
        eventIds.add(eventId);
        const open = await isOpen(eventId)();
        if (E.isLeft(open)) return unavailable;
        if (!open.right) return E.left({ code: 'SALE_NOT_OPEN', productId });
      }
      priced.push({ productId, quantity, unitPrice });
      policies.push(policy);
      if (isClosed) closed.push({ productId, available: 0 });
    }
    if (closed.length > 0) return E.left({ code: 'INSUFFICIENT_STOCK', lines: closed });
    const price = priceOf(priced);
    if (price > MOST_MONEY) return E.left({ code: 'TOTAL_TOO_LARGE', most: MOST_MONEY });
    let discount = 0;
    if (couponId !== null) {
      const coupon = await couponOf({ userId, couponId, orderId })();
      if (E.isLeft(coupon)) return unavailable;
      const lowered = discountOf(couponId, coupon.right, price, clock.now());
      if (E.isLeft(lowered)) return lowered;
      discount = lowered.right;
    }
    if (points > price - discount) return E.left({ code: 'POINTS_EXCEED_TOTAL' });
    return E.right({ lines: priced, discount, policy: strictest(policies), eventIds: [...eventIds] });
  };

/** Terms come from views; whether a coupon is unused, and an event open, from their events. */
export const quotePorts = (ports: LoadAggregatePorts & Pick<Ports, 'readModels' | 'clock'>): QuotePorts => {
  const reader = liveReader(ports.readModels);
  const load = readAggregate(ports);
  return {
    clock: ports.clock,
    products: (ids) => reader.getMany(productsView, ids),
    couponOf: ({ userId, couponId, orderId }) =>
      F.pipe(
        TE.Do,
        TE.bindW('held', () => reader.get(userCouponsView, userCouponId(userId, couponId))),
        TE.bindW('use', () => load(issuedCouponAggregate, issuedCouponStream(couponId, userId))),
        TE.bindW('coupon', () => reader.get(couponsView, couponId)),
        TE.map(({ held, use: { state }, coupon }): CouponUse => {
          if (O.isNone(held) || O.isNone(coupon)) return { use: 'NOT_YOURS' };
          if (state.usedBy !== null && state.usedBy !== orderId) return { use: 'USED', orderId: state.usedBy };
          return { use: 'FREE', coupon: coupon.value };
        }),
      ),
    isOpen: (eventId) =>
      F.pipe(
        load(saleAggregate, `event-${eventId}`),
        TE.map(({ state }) => state.status === 'Open'),
      ),
  };
};
