import { type Exchange } from './exchange.js';
import { text } from './schemas/fields.js';

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
  actor: actor ?? actorHeader.safeParse(exchange.header('x-actor')).data ?? 'unknown',
  reason: reason ?? 'none given',
  correlationId: exchange.requestId,
});
