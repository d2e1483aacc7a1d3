/** One call; answers { status, body }, whatever the status is. Only a network that is away rejects. */
export const call = async (method, path, body, headers = {}) => {
  const answer = await fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
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

/** Waiting room, coupons and events, as a shop would use them. */
export const shop = {
  schedule: (scheduleId, activeLimit) =>
    call('PUT', `/api/v1/schedules/${scheduleId}`, { activeLimit, activeTtlSeconds: 300 }),
  join: (scheduleId, userId) => call('POST', '/api/v1/waiting-token', { scheduleId, userId }),
  token: (tokenId) => call('GET', `/api/v1/waiting-token/${tokenId}`),
  leave: (tokenId) => call('DELETE', `/api/v1/waiting-token/${tokenId}`),
  createEvent: (event) => must('POST', '/api/events', event),
  event: (eventId) => call('GET', `/api/events/${eventId}`),
  createCoupon: (coupon) => must('POST', '/api/coupons', coupon),
  coupon: (couponId) => call('GET', `/api/coupons/${couponId}`),
  ask: (couponId, userId, pass) =>
    call('POST', `/api/coupons/${couponId}/issue`, { userId }, pass === undefined ? {} : { 'waiting-pass': pass }),
  result: (requestId, seconds) =>
    call('GET', `/api/coupons/issue-status/${requestId}`, undefined, { prefer: `wait=${seconds}` }),
};
