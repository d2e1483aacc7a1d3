import { type IncomingMessage } from 'node:http';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** Names that lead to this machine whoever resolves them; any other name may be somebody else's. */
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** A proxy forwards for others: then the address is that of the proxy. */
const OF_PROXIES = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

const isOwnOrigin = (origin: string): boolean => {
  const host = /^https?:\/\/(.+)$/i.exec(origin)?.[1];
  return host !== undefined && LOOPBACK_HOST.test(host);
};

/** What nginx speaks to the servers behind it unless it is told otherwise, as few clients still do; and it adds none of these headers by itself. */
const OF_SILENT_PROXIES = '1.0';

/**
 * Whether a request was made on this machine, for this machine: from a loopback address, to a loopback name, through no
 * proxy that can be recognized, and not by a page of another site that is open in a browser here.
 */
export const isLocal = ({
  socket,
  headers,
  httpVersion,
}: Pick<IncomingMessage, 'socket' | 'headers' | 'httpVersion'>): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') &&
  (headers.host === undefined || LOOPBACK_HOST.test(headers.host)) &&
  (headers.origin === undefined || isOwnOrigin(headers.origin)) &&
  httpVersion !== OF_SILENT_PROXIES &&
  !OF_PROXIES.some((name) => headers[name] !== undefined);
