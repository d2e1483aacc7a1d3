import { type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

/**
 * A request waits for at most this many new connections. Not limited by time: on a busy machine a short time is over before the first
 * of them was taken.
 */
const MOST_AT_ONCE = 1_024;

/**
 * Node takes one new connection in each turn of its event loop. A turn that serves hundreds takes a good part of a second,
 * and a thousand who come at that moment, as they do when a sale opens, would stand outside for a minute. So while
 * connections are coming in, requests wait for a moment: turns without work let in thousands a second.
 */
export const letInFirst = (server: Server, serve: RequestListener): RequestListener => {
  let held: (readonly [IncomingMessage, ServerResponse])[] = [];
  let turns = 0;
  let isComing = false;
  server.on('connection', () => (isComing = true));

  const look = (): void => {
    const goOn = isComing && (turns += 1) < MOST_AT_ONCE;
    isComing = false;
    if (goOn) return void setImmediate(look);
    const ready = held;
    held = [];
    for (const [request, response] of ready) serve(request, response);
  };

  return (request, response) => {
    if (!isComing && held.length === 0) return void serve(request, response);
    held.push([request, response]);
    if (held.length > 1) return;
    turns = 0;
    setImmediate(look);
  };
};
