import { type Exchange } from './exchange.js';
import { text } from './schemas/fields.js';

/** Node reads the bytes of a header as Latin-1; what people write there is UTF-8. */
const utf8 = (header = ''): string => Buffer.from(header, 'latin1').toString();

const actorHeader = text(64);

interface Said {
  readonly actor?: string | undefined;
  readonly reason?: string | undefined;
}

/** Who asks (body, else X-Actor) and why, as far as they say; and by which request. */
export const actorAndReason = (
  { actor, reason }: Said,
  exchange: Exchange,
): { readonly actor: string; readonly reason: string; readonly correlationId: string } => ({
  actor: actor ?? actorHeader.safeParse(utf8(exchange.header('x-actor'))).data ?? 'unknown',
  reason: reason ?? 'none given',
  correlationId: exchange.requestId,
});
