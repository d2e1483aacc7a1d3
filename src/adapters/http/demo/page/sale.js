import { shop, sleep } from './api.js';
import { bar, clock, element, number, text } from './view.js';

const words = { SCHEDULED: 'Opens in', OPEN: 'Open', PAUSED: 'Paused', SOLD_OUT: 'Sold out', CLOSED: 'Closed' };
const BUSY_MS = 200;
const QUIET_MS = 1_000;
const RATE_OVER_MS = 1_500;

/** Starts a sale: an event that opens by itself, a waiting room in front of it where there is one, a coupon tied to it. */
export const startSale = async ({ quantity, seconds, active }) => {
  const id = `sale-${Date.now().toString(36)}`;
  const room = await shop.schedule(id, active);
  const opensAt = new Date(Date.now() + seconds * 1_000).toISOString();
  await shop.createEvent({
    eventId: id,
    name: `Sale ${id.slice(5)}`,
    opensAt,
    ...(room.status < 300 && { scheduleId: id }),
  });
  const discount = { kind: 'PERCENT', value: 20 };
  await shop.createCoupon({ couponId: id, name: `Sale ${id.slice(5)}`, quantity, discount, eventId: id });
  return id;
};

/** Shows a sale filling up, for as long as `signal` allows. */
export const watchSale = async (id, { signal, onState }) => {
  const seen = [];
  let event = null;
  const look = async () => {
    if (event?.status !== 'OPEN') event = (await shop.event(id)).body;
    const { status, body: coupon } = await shop.coupon(id);
    if (status !== 200 || signal.aborted) return null;
    const now = performance.now();
    seen.push([now, coupon.issued]);
    while (seen.length > 2 && seen[0][0] < now - RATE_OVER_MS) seen.shift();
    const [at, issued] = seen[0];
    const left = (Date.parse(event.opensAt) - Date.now()) / 1_000;
    const isWaiting = coupon.status === 'SCHEDULED';
    text('sale-name', coupon.name);
    text('sale-status', isWaiting ? `${words.SCHEDULED} ${clock(left)}` : (words[coupon.status] ?? coupon.status));
    element('sale-status').dataset.status = coupon.status;
    text('issued', number(coupon.issued));
    text('remaining', number(coupon.remaining));
    text('rate', number(now > at ? Math.round((coupon.issued - issued) / ((now - at) / 1_000)) : 0));
    text('opens', isWaiting ? clock(left) : clockTime(event.openedAt));
    text('opens-unit', isWaiting ? 'until it opens' : 'opened at');
    bar('sale-bar', coupon.quantity === 0 ? 0 : coupon.issued / coupon.quantity);
    onState({ coupon, event });
    return coupon.status;
  };
  while (!signal.aborted) {
    const status = await look().catch(() => null);
    await sleep(
      document.hidden || status === null || status === 'SOLD_OUT' || status === 'CLOSED' ? QUIET_MS : BUSY_MS,
    );
  }
};

const clockTime = (iso) =>
  iso ? new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) : '–';
