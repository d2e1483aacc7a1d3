import { createClient, newId as uniqueId } from './client.js';
import { keyOf } from './credentials.js';

const by = (role) =>
  // The page is in one language, and so is what it quotes.
  createClient({ url: location.origin, language: 'en', retryForMs: 5_000, token: () => keyOf(role) });
const operator = by('operator');

/** The client of whoever is on this page. */
export const client = by('service');

/** Answers { status, body }, whatever the status is. Only a network that is away rejects. */
const told = async (call) => {
  const { data, error, response } = await call;
  return { status: response.status, body: data ?? error ?? {} };
};

/** The same where anything but success is a reason to stop. */
const must = async (call) => {
  const { status, body } = await told(call);
  if (status >= 400) throw new Error(body.detail ?? `The server answered ${status}.`);
  return body;
};

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A number of our own: what is sent again with it is done once. */
export const newId = (kind) => `${kind}-${uniqueId().slice(0, 16)}`;

const named = (path) => ({ params: { path } });
const withPass = (pass) => (pass === undefined ? {} : { headers: { 'waiting-pass': pass } });

/** Everything a person meets in a sale, as a shop would use it. */
export const shop = {
  schedule: (scheduleId, activeLimit) =>
    told(
      operator.api.PUT('/api/v1/schedules/{scheduleId}', {
        ...named({ scheduleId }),
        body: { activeLimit, activeTtlSeconds: 300 },
      }),
    ),
  createEvent: (body) => must(operator.api.POST('/api/events', { body })),
  event: (eventId) => told(client.api.GET('/api/events/{eventId}', named({ eventId }))),
  createCoupon: (body) => must(operator.api.POST('/api/coupons', { body })),
  coupon: (couponId) => told(client.api.GET('/api/coupons/{couponId}', named({ couponId }))),
  ask: (couponId, userId, pass) =>
    told(
      client.api.POST('/api/coupons/{couponId}/issue', { ...named({ couponId }), body: { userId }, ...withPass(pass) }),
    ),
  result: (requestId, seconds) =>
    told(
      client.api.GET('/api/coupons/issue-status/{requestId}', {
        ...named({ requestId }),
        headers: { prefer: `wait=${seconds}` },
      }),
    ),
  createProduct: (body) => must(operator.api.POST('/api/products', { body })),
  product: (productId) => told(client.api.GET('/api/products/{productId}', named({ productId }))),
  /** How many there were at first. */
  firstStock: async (productId) => {
    const page = { params: { path: { productId }, query: { limit: 1 } } };
    return (
      (await told(operator.api.GET('/api/products/{productId}/stock-audit', page))).body.items?.[0]?.onHand ?? null
    );
  },
  placeOrder: (order, pass) => {
    const shipping = { recipient: order.userId, address: 'At the door' };
    return told(client.api.POST('/api/orders', { body: { ...order, shipping }, ...withPass(pass) }));
  },
  order: (orderId) => told(client.api.GET('/api/orders/{orderId}', named({ orderId }))),
  cancelOrder: (orderId) =>
    told(
      client.api.POST('/api/orders/{orderId}/cancel', {
        ...named({ orderId }),
        body: { reason: 'changed their mind' },
      }),
    ),
  /** The sandbox does what the number begins with: ok, decline, timeout. */
  pay: ({ orderId, userId, total }, gatewayPaymentId) =>
    told(client.api.POST('/api/payments', { body: { orderId, userId, amount: total, gatewayPaymentId } })),
};
