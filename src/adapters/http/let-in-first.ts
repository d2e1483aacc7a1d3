import { type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

/** Nobody who is in waits longer for those who come in; milliseconds. */
const LONGEST_HOLD_MS = 25;

/**
 * Node takes one new connection in each turn of its event loop. A turn that serves hundreds takes a good part of a second,
 * and a thousand who come at that moment, as they do when a sale opens, would stand outside for a minute. So while
 * connections are coming in, requests wait for a moment: turns without work let in thousands a second.
 */
export const letInFirst = (server: Server, serve: RequestListener): RequestListener => {
  let held: (readonly [IncomingMessage, ServerResponse])[] = [];
  let since = 0;
  let isComing = false;
  server.on('connection', () => (isComing = true));

  const look = (): void => {
    const goOn = isComing && performance.now() - since < LONGEST_HOLD_MS;
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
    since = performance.now();
    setImmediate(look);
  };
};
