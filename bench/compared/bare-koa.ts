import { serveKoa } from './koa-server.js';

/** The yardstick: parses the body and answers. Nothing is checked, kept or decided. */
serveKoa({ create: async () => undefined, ask: async () => 'ACCEPTED', status: async () => 'SUCCESS' });
