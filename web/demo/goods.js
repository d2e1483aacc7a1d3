import { shop } from './api.js';
import { element, money, number, text } from './view.js';

/** What a sale sells beside its coupons. */
export const GOODS = { name: 'Opening-night ticket', price: 60_000 };
export const DISCOUNT = { kind: 'PERCENT', value: 20 };

export const tickets = (count) => `${number(count)} ${count === 1 ? 'ticket' : 'tickets'}`;

/** What so many cost, as the server reckons it. */
export const priceOf = ({ price, discount }, count, hasCoupon) => {
  const full = price * count;
  if (!hasCoupon) return full;
  return (
    full - (discount.kind === 'AMOUNT' ? Math.min(discount.value, full) : Math.floor((full * discount.value) / 100))
  );
};

const show = ({ price, onHand, held, available }, first) => {
  const sold = Math.max(0, first - onHand);
  text('stock-title', `Tickets, ${money(price)} each`);
  for (const [id, value] of Object.entries({ sold, held, available, 'on-hand': onHand })) text(id, number(value));
  const parts = element('stock-bar');
  [sold, held, available].forEach((part, n) => (parts.children[n].style.flexGrow = String(part)));
  parts.setAttribute('aria-label', `${sold} sold, ${held} held, ${available} available`);
};

/** Looks at the shelf of a sale, and shows it; answers the product, null where there is none. */
export const shelfOf = (productId) => {
  let first = null;
  return async () => {
    const { status, body } = await shop.product(productId);
    if (status !== 200) return null;
    first ??= await shop.firstStock(productId);
    show(body, first ?? body.onHand);
    return body;
  };
};
