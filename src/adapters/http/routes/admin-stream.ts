import { z } from 'zod';
import { route, type Route } from '../route.js';
import { viewing } from './admin.js';
import { type WatchBoard } from '../sse/watch-board.js';

const TYPE = 'text/event-stream';

/** What the console shows, as it changes. */
export const adminStreamRoute = (watch: WatchBoard): Route =>
  route({
    ...viewing,
    path: '/admin/stream',
    summary: 'The sale as it runs: one snapshot, then what changes, at most twice a second',
    listensTo: { 'Last-Event-ID': 'The last id that was seen: what changed since is told, or the whole board anew' },
    answers: {
      200: {
        description:
          '`you` says who is listening; `snapshot` has the whole `board` and the rates of the last two minutes as `points`; ' +
          'every `delta` is a JSON merge patch (RFC 7396) of the board.',
        schema: z.string(),
        contentType: TYPE,
      },
    },
    problems: ['OVERLOADED'],
    handle: async (_, exchange) =>
      exchange.req.method === 'HEAD'
        ? { status: 200, headers: { 'Content-Type': TYPE }, body: '' }
        : watch(exchange, exchange.header('last-event-id')),
  });
