import { type Exchange } from '../exchange.js';

/** The header a pass of the waiting room comes in, as documented. */
export const listensToPass = {
  'Waiting-Pass':
    'The pass of the waiting room, where there is one in front of the sale; without authentication a bearer token does as well',
} as const;

/** The pass that was sent along: in the header `Waiting-Pass` or, where that does not say who asks, as a bearer token. */
export const passOf = (exchange: Exchange): string | undefined =>
  exchange.header('waiting-pass') ?? (exchange.caller.kind === 'local' ? bearerToken(exchange) : undefined);

const SCHEME = 'Bearer ';

/** The credential of `Authorization: Bearer …`; undefined where there is none, or it is of another kind. */
export const bearerToken = (exchange: Exchange): string | undefined => {
  const value = exchange.header('authorization') ?? '';
  const scheme = value.slice(0, SCHEME.length);
  if (scheme !== SCHEME && scheme.toLowerCase() !== SCHEME.toLowerCase()) return undefined;
  const token = value.slice(SCHEME.length).trimStart();
  return token === '' || token.includes(' ') ? undefined : token;
};
