import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Discount } from '../../domain/coupon/discount.js';
import { type OrderLine } from '../../domain/order/events.js';
import { type OrderPolicy, strictest } from '../../domain/sale-policy.js';
import { type CouponDocument } from '../coupon/views/coupons.js';
import { type Clock } from '../ports/clock.js';
import { type StockLine } from '../ports/stock-gate.js';
import { type ProductDocument } from '../stock/views/products.js';

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
  /** Not theirs, used already, or its window is over. */
  | { readonly code: 'COUPON_NOT_USABLE'; readonly couponId: string }
  | { readonly code: 'POINTS_EXCEED_TOTAL' | 'UNAVAILABLE' };

export interface QuotePorts {
  readonly products: (ids: ReadonlyArray<string>) => TE.TaskEither<unknown, ReadonlyArray<O.Option<ProductDocument>>>;
  /** The coupon, if its user holds it and has not used it for another order: one that was begun may be asked for again. */
  readonly couponOf: (use: {
    readonly userId: string;
    readonly couponId: string;
    readonly orderId: string;
  }) => TE.TaskEither<unknown, O.Option<CouponDocument>>;
  readonly isOpen: (eventId: string) => TE.TaskEither<unknown, boolean>;
  readonly clock: Clock;
}

export type QuoteOrder = (wish: Wish) => TE.TaskEither<QuoteError, Quote>;

/** Never more than there is to pay; shares are rounded down. */
export const discountOn = (price: number, { kind, value }: Discount): number =>
  kind === 'AMOUNT' ? Math.min(value, price) : Math.floor((price * value) / 100);

/** What is wanted of each product in all: two lines of one product are one. */
export const merged = (lines: ReadonlyArray<StockLine>): ReadonlyArray<StockLine> => {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  return [...wanted].map(([productId, quantity]) => ({ productId, quantity }));
};

const unavailable = E.left({ code: 'UNAVAILABLE' } as const);

/** Every product exists and sells now, at its own price; the coupon is theirs and unused; points cover no more than the rest. */
export const quoteOrder =
  ({ products, couponOf, isOpen, clock }: QuotePorts): QuoteOrder =>
  ({ orderId, userId, lines, couponId, points }) =>
  async () => {
    const wanted = merged(lines);
    const found = await products(wanted.map(({ productId }) => productId))();
    if (E.isLeft(found)) return unavailable;
    const priced: OrderLine[] = [];
    const policies: OrderPolicy[] = [];
    const closed: ShortLine[] = [];
    for (const [index, { productId, quantity }] of wanted.entries()) {
      const product = found.right[index];
      if (product === undefined || O.isNone(product)) return E.left({ code: 'PRODUCT_NOT_FOUND', productId });
      const { price: unitPrice, eventId, policy, isClosed } = product.value;
      if (eventId !== null) {
        const open = await isOpen(eventId)();
        if (E.isLeft(open)) return unavailable;
        if (!open.right) return E.left({ code: 'SALE_NOT_OPEN', productId });
      }
      priced.push({ productId, quantity, unitPrice });
      policies.push(policy);
      if (isClosed) closed.push({ productId, available: 0 });
    }
    if (closed.length > 0) return E.left({ code: 'INSUFFICIENT_STOCK', lines: closed });
    const price = priced.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
    let discount = 0;
    if (couponId !== null) {
      const coupon = await couponOf({ userId, couponId, orderId })();
      if (E.isLeft(coupon)) return unavailable;
      const isOver = ({ closesAt }: CouponDocument): boolean => closesAt !== null && clock.now() >= closesAt;
      if (O.isNone(coupon.right) || isOver(coupon.right.value)) return E.left({ code: 'COUPON_NOT_USABLE', couponId });
      discount = discountOn(price, coupon.right.value.discount);
    }
    if (points > price - discount) return E.left({ code: 'POINTS_EXCEED_TOTAL' });
    return E.right({ lines: priced, discount, policy: strictest(policies) });
  };
