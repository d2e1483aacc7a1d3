import { createHash, timingSafeEqual } from 'node:crypto';
import { problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Serve } from '../route.js';

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

const guard =
  (mayPass: (exchange: Exchange) => boolean) =>
  (serve: Serve): Serve =>
  async (exchange, params) => {
    if (mayPass(exchange)) return serve(exchange, params);
    const headers = { 'WWW-Authenticate': 'Bearer realm="operators"' };
    return problem({ code: 'UNAUTHORIZED', headers }, exchange.language);
  };

/** Lets through who carries the operators' token. Compares in constant time, whatever the lengths. */
export const whoHasToken = (token: string): ((serve: Serve) => Serve) => {
  const expected = digest(token);
  return guard((exchange) => {
    const given = /^Bearer +(\S+)$/i.exec(exchange.header('authorization') ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), expected);
  });
};

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** Where no token is set: lets through who calls from the same machine. */
export const whoIsHere: (serve: Serve) => Serve = guard(({ req }) => LOOPBACK.test(req.socket.remoteAddress ?? ''));
