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

/**
 * What a user is told, as it happens. The browser resumes a lost connection by itself, with the last id it saw; only
 * when the server refuses one (too many, or about to stop) it gives up, and a new one takes over from the same id.
 */
export const listen = (userId, { onState, onNotice, onResync }) => {
  let lastId = '';
  let source = null;
  let stopped = false;
  let again = 0;

  const open = () => {
    const since = lastId === '' ? '' : `?lastEventId=${encodeURIComponent(lastId)}`;
    source = new EventSource(`/api/sse/subscribe/${encodeURIComponent(userId)}${since}`);
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
    source.addEventListener('error', () => {
      if (stopped) return;
      onState('lost');
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, 2_000 + Math.random() * 2_000);
    });
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(again);
    source.close();
    onState('off');
  };
};
