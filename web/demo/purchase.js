import { newId, shop, sleep } from './api.js';
import { priceOf, tickets } from './goods.js';
import { shownOrder, shownPayment } from './standing.js';
import { addLine, chosen, clock, element, enable, money, problem, reveal, step, text } from './view.js';

const LOOK_EVERY_MS = 500;

/** So far an order has come: news that arrive late do not take it back. */
const RANK = { CREATED: 0, PENDING_PAYMENT: 0, PAID: 1, CONFIRMED: 2, SHIPPED: 2, DELIVERED: 2 };
const rankOf = (status) => RANK[status] ?? 3;
const isUnpaid = (order) => order !== null && rankOf(order.status) === 0;
const TOLD = {
  'payment-completed': 'PAID',
  'order-completed': 'CONFIRMED',
  'order-cancelled': 'CANCELLED',
  'order-expired': 'EXPIRED',
  'order-failed': 'FAILED',
};

/** The last two steps: an order, and its payment. */
export const purchase = (visit, changed) => {
  let order = null;
  let isBusy = false;
  let refused = '';
  let wishId = null;

  const mayOrder = () => visit.place.isIn() && visit.coupon.isSettled() && visit.sale.product !== null;
  const advance = (status) => {
    if (order === null || rankOf(status) <= rankOf(order.status)) return;
    order = { ...order, status, isPaid: order.isPaid || status === 'PAID' || status === 'CONFIRMED' };
    if (status === 'CONFIRMED') {
      addLine('results', visit.userId, `bought ${tickets(order.count)}`, 'won', true);
      visit.place.complete();
    }
    if (rankOf(status) === 3) {
      addLine('results', visit.userId, `order ${status.toLowerCase()}`, 'lost', true);
      visit.place.reopen();
    }
    changed();
  };
  const look = async () => {
    const { orderId } = order;
    const { status, body } = await shop.order(orderId);
    if (status === 200 && order?.orderId === orderId) advance(body.status);
  };
  /** News may be late: whoever fears that the time ran out looks. */
  const watch = async ({ orderId }) => {
    while (order?.orderId === orderId && isUnpaid(order)) {
      const isOver = Date.now() > order.holdUntil;
      if (isOver || order.declines > 0) await look().catch(() => undefined);
      changed();
      await sleep(LOOK_EVERY_MS);
    }
  };
  /** One thing at a time; what does not get through may be tried again. An answer to somebody who has left is not heard. */
  const busy = async (act) => {
    if (isBusy) return;
    const { signal } = visit.leaving;
    isBusy = true;
    changed();
    const hear = await act().catch((error) => () => problem(error.message));
    if (signal.aborted) return;
    isBusy = false;
    hear();
    changed();
  };
  const place = async () => {
    const count = Number(chosen('order', 'count'));
    const { sale, userId } = visit;
    const lines = [{ productId: sale.product.productId, quantity: count }];
    // Whoever repeats it because no answer came has ordered once.
    wishId ??= newId('order');
    const wish = { orderId: wishId, userId, lines, ...(visit.coupon.isWon() && { couponId: sale.couponId }) };
    const { status, body } = await shop.placeOrder(wish, visit.place.pass());
    return () => {
      if (status >= 500) return problem(body.detail);
      wishId = null;
      refused = '';
      if (body.code === 'WAITING_REQUIRED') return visit.place.lose();
      if (status !== 201) {
        refused = body.code === 'INSUFFICIENT_STOCK' ? 'Not enough left. Nothing was taken.' : body.detail;
        return;
      }
      const { orderId, total } = body;
      const holdUntil = Date.parse(body.holdExpiresAt);
      order = { orderId, userId, total, count, holdUntil, status: 'CREATED', declines: 0 };
      void watch(order);
    };
  };
  const pay = async () => {
    // A number stands for one attempt: repeated, it charges once.
    order = { ...order, last: 'asking', number: order.number ?? newId(chosen('payment', 'gateway')) };
    changed();
    const { status, body } = await shop.pay(order, order.number).catch(() => ({ status: 0, body: {} }));
    return () => {
      if (order === null) return;
      if (status === 0 || status >= 500) order = { ...order, last: 'lost' };
      else if (status === 202) order = { ...order, last: 'unknown' };
      else if (body.code === 'PAYMENT_DECLINED')
        order = { ...order, last: 'declined', number: null, declines: order.declines + 1 };
      else order = { ...order, last: '', number: null };
      if (body.status === 'PAID') return advance('PAID');
      if (status === 409) problem(body.detail);
      if (status === 409 || status === 200) void look();
    };
  };
  const cancel = async () => {
    const { status, body } = await shop.cancelOrder(order.orderId);
    return () => (status === 200 ? advance(body.status) : problem(body.detail));
  };

  return {
    place: () => busy(place),
    pay: () => busy(pay),
    cancel: () => busy(cancel),
    again: () => {
      order = null;
      changed();
    },
    onNotice: (kind, data) => {
      if (TOLD[kind] !== undefined && data.orderId === order?.orderId) advance(TOLD[kind]);
    },
    /** What was missed is no longer told. */
    look: async () => {
      if (order !== null) await look();
    },
    reset: () => {
      order = null;
      refused = '';
      wishId = null;
      isBusy = false;
    },
    render: () => {
      const count = Number(chosen('order', 'count'));
      const isOver = order !== null && rankOf(order.status) === 3;
      if (visit.sale?.product)
        text('place-order', `Order for ${money(priceOf(visit.sale, count, visit.coupon.isWon()))}`);
      enable('place-order', mayOrder() && order === null && !isBusy);
      element('order').elements.count.forEach((pill) => (pill.disabled = order !== null));
      reveal('hold', isUnpaid(order));
      if (isUnpaid(order)) text('hold', `held ${clock((order.holdUntil - Date.now()) / 1_000)}`);
      reveal('cancel', order !== null && !isOver);
      enable('cancel', !isBusy);
      reveal('order-again', isOver && visit.place.isIn());
      if (order !== null) text('pay', `Pay ${money(order.total)}`);
      enable('pay', isUnpaid(order) && !isBusy && order.last !== 'unknown');
      step(
        'step-order',
        'order-gist',
        shownOrder(order, { mayOrder: mayOrder(), hasGoods: visit.sale?.product !== null, refused }),
      );
      step('step-payment', 'payment-gist', shownPayment(order));
    },
  };
};
