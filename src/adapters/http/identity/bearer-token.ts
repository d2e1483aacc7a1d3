import { type Exchange } from '../exchange.js';

/** The credential of `Authorization: Bearer …`; undefined where there is none, or it is of another kind. */
export const bearerToken = (exchange: Exchange): string | undefined =>
  /^Bearer +(\S+)$/i.exec(exchange.header('authorization') ?? '')?.[1];
