import { type Exchange } from '../exchange.js';

const SCHEME = 'Bearer ';

/** The credential of `Authorization: Bearer …`; undefined where there is none, or it is of another kind. */
export const bearerToken = (exchange: Exchange): string | undefined => {
  const value = exchange.header('authorization') ?? '';
  const scheme = value.slice(0, SCHEME.length);
  if (scheme !== SCHEME && scheme.toLowerCase() !== SCHEME.toLowerCase()) return undefined;
  const token = value.slice(SCHEME.length).trimStart();
  return token === '' || token.includes(' ') ? undefined : token;
};
