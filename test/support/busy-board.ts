/**
 * To be run in the page before its own scripts: the stream of the board as a server would send it that is never at rest, a
 * thousand changes a second, of a shop with a hundred coupons and a hundred products. All else is fetched as ever.
 */
export const busyBoard = `
  const really = window.fetch;
  const ids = Array.from({ length: 100 }, (_, nth) => 'thing-' + nth);
  const now = () => new Date().toISOString();
  const coupon = { name: 'Coupon', status: 'OPEN', quantity: 1000000, issued: 0, remaining: 1000000,
    discount: { kind: 'PERCENT', value: 10 }, challenge: 'NEVER', createdAt: now() };
  const product = { name: 'Product', status: 'AVAILABLE', price: 100, onHand: 1000000, held: 0, available: 1000000,
    challenge: 'NEVER', createdAt: now() };
  const room = { activeLimit: 100, activeTtlSeconds: 60, challenge: 'NEVER', active: 0, waiting: 0 };
  const each = (thing) => Object.fromEntries(ids.map((id) => [id, thing]));
  const board = { at: now(), coupons: each(coupon), products: each(product), schedules: each(room), events: {},
    rates: {}, answers: {}, statuses: {}, latency: {}, engines: { eventStore: 'ok' }, views: {}, undecided: {},
    repair: { deadLetters: 0, parkedOrders: 0, parkedStreams: 0 }, alarms: {} };
  window.sent = 0;
  const frame = (event, data) => 'id: busy-' + window.sent + '\\nevent: ' + event + '\\ndata: ' + JSON.stringify(data) + '\\n\\n';
  const change = () => {
    const [id, issued] = [ids[window.sent % 100], window.sent];
    window.sent += 1;
    return frame('delta', { at: now(), coupons: { [id]: { issued, remaining: 1000000 - issued } },
      products: { [id]: { held: issued } }, schedules: { [id]: { waiting: issued } },
      rates: { accepted: issued % 997, decided: issued % 991, visible: issued % 983 },
      answers: { ACCEPTED: issued }, latency: { accept: { p50: issued % 10, p95: 20, p99: 30 } } });
  };
  window.fetch = (input, init) => {
    if (new URL(input, location.href).pathname !== '/admin/stream') return really(input, init);
    const text = new ReadableStream({
      start: (stream) => {
        const bytes = new TextEncoder();
        const send = (said) => stream.enqueue(bytes.encode(said));
        send('event: you\\ndata: {"role":"operator"}\\n\\n' + frame('snapshot', { board, points: [] }));
        const began = performance.now();
        setInterval(() => {
          while (window.sent < performance.now() - began) send(change());
        }, 4);
      },
    });
    return Promise.resolve(new Response(text, { headers: { 'Content-Type': 'text/event-stream' } }));
  };
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' });
`;
