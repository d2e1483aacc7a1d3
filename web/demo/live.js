import { shop } from './api.js';

const KINDS = [
  'coupon-issued',
  'coupon-rejected',
  'coupon-rejection-withdrawn',
  'token-activated',
  'token-expired',
  'order-completed',
  'order-cancelled',
  'order-expired',
  'order-failed',
  'payment-completed',
  'payment-refunded',
  'event-open',
  'event-cancelled',
];

/** Clients of a server that went away come back at different moments, milliseconds. */
const pause = () => 1_000 + Math.random() * 1_000;

/**
 * What a user is told, as it happens. A ticket opens one connection, so one that is lost is not left to the browser, which
 * would show the same ticket again: a new one, with a ticket of its own, goes on from the last id that was seen.
 */
export const listen = (userId, { onState, onNotice, onResync }) => {
  let lastId = '';
  let source = null;
  let stopped = false;
  let again = 0;

  const comeBack = () => {
    source?.close();
    if (stopped) return;
    onState('lost');
    again = setTimeout(open, pause());
  };
  const open = async () => {
    const ticket = await shop.streamTicket(userId).catch(() => null);
    if (stopped) return;
    if (ticket === null) return comeBack();
    const query = new URLSearchParams({ ticket, ...(lastId !== '' && { lastEventId: lastId }) });
    source = new EventSource(`/api/sse/subscribe/${encodeURIComponent(userId)}?${query}`);
    const heard = (event) => {
      lastId = event.lastEventId;
    };
    source.addEventListener('connected', (event) => {
      heard(event);
      onState('on');
    });
    source.addEventListener('resync', (event) => {
      heard(event);
      onResync();
    });
    for (const kind of KINDS)
      source.addEventListener(kind, (event) => {
        heard(event);
        onNotice(kind, JSON.parse(event.data), event.lastEventId);
      });
    source.addEventListener('error', comeBack);
  };
  void open();
  return () => {
    stopped = true;
    clearTimeout(again);
    source?.close();
    onState('off');
  };
};
