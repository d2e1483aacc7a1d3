import { emmettCoupons } from './emmett-coupon.js';
import { serveKoa } from './koa-server.js';

/** An event-sourcing library people would pick: each request is a command, decided before it is answered. */
const { create, issue } = emmettCoupons();
const issued = new Set<string>();

serveKoa({
  create,
  ask: async (ask) => {
    if (!(await issue(ask))) return 'SOLD_OUT';
    issued.add(ask.requestId);
    return 'ACCEPTED';
  },
  status: async (requestId) => (issued.has(requestId) ? 'SUCCESS' : 'PROCESSING'),
});
