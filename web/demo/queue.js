import { shop, sleep } from './api.js';

const ASK_EVERY_MS = 400;
const STAY_EVERY_MS = 5_000;

/**
 * The way of one person through the waiting room: joins, and tells how it goes until in, out or `signal` aborts. Answers
 * the token once active, null when there is no way in. Asking is also the sign that somebody is still there.
 */
export const goThrough = async (scheduleId, userId, { signal, onPlace, everyMs = ASK_EVERY_MS }) => {
  const joined = await shop.join(scheduleId, userId);
  if (joined.status >= 400) throw new Error(joined.body.detail ?? 'The queue cannot be entered.');
  let token = joined.body;
  while (!signal.aborted) {
    if (token.status === 'ACTIVE' && token.pass !== undefined) return token;
    if (token.status === 'EXPIRED' || token.status === 'COMPLETED') return null;
    if (token.status === 'PENDING') onPlace(token);
    await sleep(everyMs);
    const asked = await shop.token(token.tokenId);
    if (asked.status === 200) token = { ...asked.body, tokenId: token.tokenId };
  }
  return null;
};

/** Gives signs of life from inside until the visit is over; answers how it ended: COMPLETED or EXPIRED. */
export const stayIn = async (tokenId, signal) => {
  while (!signal.aborted) {
    await sleep(STAY_EVERY_MS);
    const { status, body } = await shop.token(tokenId).catch(() => ({ status: 0 }));
    if (status === 200 && body.status !== 'ACTIVE') return body.status;
  }
  return null;
};
