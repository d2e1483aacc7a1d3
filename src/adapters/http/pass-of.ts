import { type Exchange } from './exchange.js';
import { bearerToken } from './identity/bearer-token.js';

/** The header a pass of the waiting room comes in, as documented. */
export const listensToPass = {
  'Waiting-Pass':
    'The pass of the waiting room, where there is one in front of the sale; without authentication a bearer token does as well',
} as const;

/** The pass that was sent along: in the header `Waiting-Pass` or, where that does not say who asks, as a bearer token. */
export const passOf = (exchange: Exchange): string | undefined =>
  exchange.header('waiting-pass') ?? (exchange.caller.kind === 'local' ? bearerToken(exchange) : undefined);
