import { client, newId, shop, sleep } from './api.js';
import { goThrough } from './queue.js';
import { addLine, outcomes } from './view.js';

/** A browser has few connections to one server: so many people are served at once, the others stand in line here. */
const AT_ONCE = 3;

const told = (name, code) => {
  const [outcome, words] = outcomes[code] ?? ['lost', code];
  addLine('results', name, words, outcome);
};

const askFor = async (couponId, name, pass) => {
  for (;;) {
    const asked = await shop.ask(couponId, name, pass);
    if (asked.body.code === 'NOT_OPEN') {
      // Nobody hammers at a closed door: everyone comes back when it opens, a little apart.
      const opensIn = Date.parse(asked.body.opensAt ?? '') - Date.now();
      await sleep(Math.max(opensIn || 0, 100) + Math.random() * 100);
      continue;
    }
    if (asked.status !== 202) return asked.body.code ?? 'FAILED';
    const { body } = await shop.result(asked.body.requestId, 5);
    return body.status;
  }
};

/** What guests do once they have an order: most pay, some are declined and give up, some walk away and leave it held. */
const FATES = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'timeout', 'decline', 'walks away'];
/** Without a coupon few can afford it. */
const FULL_PRICE = 0.3;

/** Answers whether they have it: then their place is given on without them. */
const buy = async ({ couponId, product }, name, { hasCoupon, pass }) => {
  const lines = [{ productId: product.productId, quantity: 1 }];
  const wish = { orderId: newId('order'), userId: name, lines, ...(hasCoupon && { couponId }) };
  const { status, body } = await shop.placeOrder(wish, pass);
  if (status !== 201) {
    told(name, body.code);
    return false;
  }
  const fate = FATES[Math.floor(Math.random() * FATES.length)];
  if (fate === 'walks away') {
    told(name, 'WALKS_AWAY');
    return false;
  }
  const paid = await shop.pay({ ...body, userId: name }, newId(fate));
  if (paid.status < 300) {
    told(name, paid.status === 200 ? 'BOUGHT' : 'BEING_PAID');
    return true;
  }
  told(name, paid.body.code);
  await shop.cancelOrder(body.orderId);
  return false;
};

const visit = async (sale, name, signal) => {
  const token =
    sale.scheduleId === null ? null : await goThrough(sale.scheduleId, name, { signal, onPlace: () => undefined });
  if (signal.aborted || (sale.scheduleId !== null && token === null)) return;
  const result = await askFor(sale.couponId, name, token?.pass);
  told(name, result);
  const hasCoupon = result === 'SUCCESS';
  const wants = sale.product !== null && (hasCoupon || Math.random() < FULL_PRICE);
  const isServed = wants && (await buy(sale, name, { hasCoupon, pass: token?.pass }));
  if (token !== null && !isServed) await client.waitingRoom.leave(token.tokenId);
};

/** Joins the queue at once, all of them, so that there is one. */
const joinAll = async (sale, names) => {
  const rest = [...names];
  const join = async () => {
    for (let name = rest.shift(); name !== undefined; name = rest.shift())
      await client.waitingRoom.join({ scheduleId: sale.scheduleId, userId: name });
  };
  if (sale.scheduleId !== null) await Promise.all(Array.from({ length: AT_ONCE }, join));
};

/** Sends people into a sale: they queue, ask and leave like everyone else. Resolves when all have been. */
export const sendCrowd = async (sale, people, { signal, onProgress }) => {
  const batch = Math.random().toString(36).slice(2, 6);
  const names = Array.from({ length: people }, (_, n) => `guest-${batch}-${n + 1}`);
  await joinAll(sale, names);
  onProgress(0, people);
  const rest = [...names];
  let done = 0;
  const serve = async () => {
    for (let name = rest.shift(); name !== undefined && !signal.aborted; name = rest.shift()) {
      await visit(sale, name, signal).catch(() => told(name, 'FAILED'));
      onProgress((done += 1), people);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, serve));
};
