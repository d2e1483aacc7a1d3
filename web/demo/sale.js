import { shop, sleep } from './api.js';
import { DISCOUNT, GOODS, shelfOf } from './goods.js';
import { bar, clock, element, number, text } from './view.js';

const words = { SCHEDULED: 'Opens in', OPEN: 'Open', PAUSED: 'Paused', SOLD_OUT: 'Coupons gone', CLOSED: 'Closed' };
const BUSY_MS = 200;
const QUIET_MS = 1_000;
const RATE_OVER_MS = 1_500;

/**
 * Starts a sale: an event that opens by itself, a waiting room in front of it where there is one, a coupon and something
 * to buy, both tied to it.
 */
export const startSale = async ({ quantity, stock, seconds, active }) => {
  const id = `sale-${Date.now().toString(36)}`;
  const room = await shop.schedule(id, active);
  const opensAt = new Date(Date.now() + seconds * 1_000).toISOString();
  await shop.createEvent({
    eventId: id,
    name: `Sale ${id.slice(5)}`,
    opensAt,
    ...(room.status < 300 && { scheduleId: id }),
  });
  await shop.createProduct({ ...GOODS, productId: id, stock, eventId: id });
  await shop.createCoupon({ couponId: id, name: `Sale ${id.slice(5)}`, quantity, discount: DISCOUNT, eventId: id });
  return id;
};

/** Shows a sale filling up, for as long as `signal` allows. */
export const watchSale = async (id, { signal, onState }) => {
  const seen = [];
  const shelf = shelfOf(id);
  let event = null;
  const look = async () => {
    if (event?.status !== 'OPEN') event = (await shop.event(id)).body;
    const { status, body: coupon } = await shop.coupon(id);
    if (status !== 200 || signal.aborted) return null;
    const product = await shelf();
    if (signal.aborted) return null;
    const now = performance.now();
    seen.push([now, coupon.issued]);
    while (seen.length > 2 && seen[0][0] < now - RATE_OVER_MS) seen.shift();
    const [at, issued] = seen[0];
    const left = (Date.parse(event.opensAt) - Date.now()) / 1_000;
    const isWaiting = coupon.status === 'SCHEDULED';
    text('sale-name', coupon.name);
    const isSoldOut = coupon.status === 'SOLD_OUT' && !product?.available;
    const named = isSoldOut ? 'Sold out' : (words[coupon.status] ?? coupon.status);
    text('sale-status', isWaiting ? `${named} ${clock(left)}` : named);
    element('sale-status').dataset.status = isSoldOut || coupon.status !== 'SOLD_OUT' ? coupon.status : 'OPEN';
    text('issued', number(coupon.issued));
    text('remaining', number(coupon.remaining));
    text('rate', number(now > at ? Math.round((coupon.issued - issued) / ((now - at) / 1_000)) : 0));
    text('opens', isWaiting ? clock(left) : clockTime(event.openedAt));
    text('opens-unit', isWaiting ? 'until it opens' : 'opened at');
    bar('sale-bar', coupon.quantity === 0 ? 0 : coupon.issued / coupon.quantity);
    onState({ coupon, event, product });
    return !isSoldOut && coupon.status !== 'CLOSED';
  };
  while (!signal.aborted) {
    const isBusy = await look().catch(() => false);
    await sleep(document.hidden || !isBusy ? QUIET_MS : BUSY_MS);
  }
};

const clockTime = (iso) =>
  iso ? new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) : '–';
