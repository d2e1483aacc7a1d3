import { tickets } from './goods.js';
import { money } from './view.js';

const ENDED = {
  CANCELLED: 'Cancelled: everything goes back.',
  FAILED: 'Declined too often: the order has failed, the tickets are free again.',
  EXPIRED: 'Not paid in time: the tickets are free again.',
};

/** How an order stands, in a sentence. */
export const shownOrder = (order, { mayOrder, hasGoods, refused }) => {
  if (!hasGoods) return { state: 'todo', words: 'Nothing is sold in this sale.' };
  if (order === null) {
    if (refused !== '') return { state: mayOrder ? 'now' : 'todo', words: refused, outcome: 'lost' };
    return mayOrder ? { state: 'now', words: 'What you order is held until you have paid.' } : { state: 'todo' };
  }
  const what = `${tickets(order.count)} for ${money(order.total)}`;
  if (ENDED[order.status] !== undefined) return { state: 'failed', words: ENDED[order.status], outcome: 'lost' };
  return { state: 'done', words: `${what}.` };
};

const UNPAID = {
  asking: { words: 'The gateway is being asked …' },
  unknown: { words: 'The gateway does not answer. It is asked until it does: you are charged once, or not at all.' },
  lost: { words: 'No answer came through. Pay again: you are charged once.', outcome: 'lost' },
  declined: { words: 'Declined: nothing was charged. Your tickets are still held.', outcome: 'lost' },
};

/** How its payment stands, in a sentence. */
export const shownPayment = (order) => {
  if (order === null) return { state: 'todo' };
  switch (order.status) {
    case 'CREATED':
    case 'PENDING_PAYMENT':
      return { state: 'now', ...UNPAID[order.last] };
    case 'PAID':
      return { state: 'done', words: 'Paid. Your order is being carried out …' };
    case 'CANCELLED':
      return order.isPaid ? { state: 'failed', words: 'The money goes back to you.' } : { state: 'todo' };
    case 'FAILED':
    case 'EXPIRED':
      return { state: 'failed', words: 'Nothing was charged.' };
    default:
      return { state: 'done', words: 'Complete: the tickets are yours.', outcome: 'won' };
  }
};
