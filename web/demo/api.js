import { solve } from './challenge.js';
import { authorization } from './credentials.js';

/** One call; answers { status, body }, whatever the status is. Only a network that is away rejects. */
export const call = async (method, path, body, headers = {}) => {
  const answer = await fetch(path, {
    method,
    // The page is in one language, and so is what it quotes.
    headers: {
      'accept-language': 'en',
      ...(method === 'POST' || body !== undefined ? { 'content-type': 'application/json' } : {}),
      ...authorization('service'),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  let parsed = {};
  try {
    parsed = text === '' ? {} : JSON.parse(text);
  } catch {
    // An answer that is no JSON tells nothing beyond its status.
  }
  return { status: answer.status, body: parsed };
};

/** The same where anything but success is a reason to stop. */
export const must = async (...request) => {
  const { status, body } = await call(...request);
  if (status >= 400) throw new Error(body.detail ?? `The server answered ${status}.`);
  return body;
};

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A number of our own: what is sent again with it is done once. */
export const newId = (kind) => `${kind}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** The same where a challenge may have to be solved first: then it is sent again with the solution. */
const callSolved = async (method, path, body, headers = {}) => {
  const answer = await call(method, path, body, headers);
  if (answer.body.code !== 'CHALLENGE_REQUIRED' || answer.body.challenge?.parameters === undefined) return answer;
  return call(method, path, body, { ...headers, 'challenge-response': await solve(answer.body.challenge) });
};

const asOperator = () => authorization('operator');
const withPass = (pass) => (pass === undefined ? {} : { 'waiting-pass': pass });

/** Everything a person meets in a sale, as a shop would use it. */
export const shop = {
  schedule: (scheduleId, activeLimit) =>
    call('PUT', `/api/v1/schedules/${scheduleId}`, { activeLimit, activeTtlSeconds: 300 }, asOperator()),
  /** Opens a stream of notices once. */
  streamTicket: async (userId) => (await must('POST', '/api/sse/tickets', { userId })).ticket,
  join: (scheduleId, userId) => callSolved('POST', '/api/v1/waiting-token', { scheduleId, userId }),
  token: (tokenId) => call('GET', `/api/v1/waiting-token/${tokenId}`),
  leave: (tokenId) => call('DELETE', `/api/v1/waiting-token/${tokenId}`),
  createEvent: (event) => must('POST', '/api/events', event, asOperator()),
  event: (eventId) => call('GET', `/api/events/${eventId}`),
  createCoupon: (coupon) => must('POST', '/api/coupons', coupon, asOperator()),
  coupon: (couponId) => call('GET', `/api/coupons/${couponId}`),
  ask: (couponId, userId, pass) => callSolved('POST', `/api/coupons/${couponId}/issue`, { userId }, withPass(pass)),
  result: (requestId, seconds) =>
    call('GET', `/api/coupons/issue-status/${requestId}`, undefined, { prefer: `wait=${seconds}` }),
  createProduct: (product) => must('POST', '/api/products', product, asOperator()),
  product: (productId) => call('GET', `/api/products/${productId}`),
  /** How many there were at first. */
  firstStock: async (productId) =>
    (await call('GET', `/api/products/${productId}/stock-audit?limit=1`, undefined, asOperator())).body.items?.[0]
      ?.onHand ?? null,
  placeOrder: (order, pass) =>
    callSolved(
      'POST',
      '/api/orders',
      { ...order, shipping: { recipient: order.userId, address: 'At the door' } },
      withPass(pass),
    ),
  order: (orderId) => call('GET', `/api/orders/${orderId}`),
  cancelOrder: (orderId) => call('POST', `/api/orders/${orderId}/cancel`, { reason: 'changed their mind' }),
  /** The sandbox does what the number begins with: ok, decline, timeout. */
  pay: ({ orderId, userId, total }, gatewayPaymentId) =>
    call('POST', '/api/payments', { orderId, userId, amount: total, gatewayPaymentId }),
};
