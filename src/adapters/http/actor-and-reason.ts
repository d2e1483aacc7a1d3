import { type ByOperator } from '../../application/kernel/by-operator.js';
import { type Caller } from '../../application/ports/identity.js';
import { type Exchange } from './exchange.js';
import { text } from './schemas/fields.js';

/** Node reads the bytes of a header as Latin-1; what people write there is UTF-8. */
const utf8 = (header = ''): string => Buffer.from(header, 'latin1').toString();

const actorHeader = text(64);

const nameOf = (caller: Caller): string => ('name' in caller ? caller.name : 'unknown');

/** Who asks (body, else X-Actor, else whom their credential names) and why, as far as they say; and by which request. */
export const actorAndReason = (
  { actor, reason }: Pick<Partial<ByOperator>, 'actor' | 'reason'>,
  exchange: Exchange,
): ByOperator => ({
  actor: actor ?? actorHeader.safeParse(utf8(exchange.header('x-actor'))).data ?? nameOf(exchange.caller),
  reason: reason ?? 'none given',
  correlationId: exchange.requestId,
});
