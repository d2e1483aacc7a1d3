import { money, number, outcomes } from './view.js';

/** What a notice says, and whether it is good news. */
export const said = (kind, data) => {
  switch (kind) {
    case 'coupon-issued':
      return [`The coupon is yours, number ${number(data.place)}`, 'won'];
    case 'coupon-rejected':
      return [`No coupon: ${outcomes[data.status]?.[1] ?? data.code}`, 'lost'];
    case 'coupon-rejection-withdrawn':
      return ['Your request is decided anew', ''];
    case 'token-activated':
      return ['It is your turn', 'won'];
    case 'token-expired':
      return ['Your place in line has run out', 'lost'];
    case 'event-cancelled':
      return [`${data.name ?? data.eventId} was cancelled`, 'lost'];
    case 'event-open':
      return [`${data.name} has opened`, ''];
    case 'payment-completed':
      return [`Payment complete: ${money(data.amount)}`, 'won'];
    case 'order-completed':
      return ['Order complete', 'won'];
    case 'order-cancelled':
      return [`Order cancelled: ${data.reason}`, 'lost'];
    case 'order-expired':
      return ['Order expired: it was not paid in time', 'lost'];
    case 'order-failed':
      return [`Order failed: ${data.reason}`, 'lost'];
    case 'payment-refunded':
      return [`Money is back: ${money(data.amount)}`, ''];
    default:
      return [kind, ''];
  }
};
