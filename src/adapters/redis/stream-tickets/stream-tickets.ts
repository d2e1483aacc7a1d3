import { z } from 'zod';
import { type StreamTickets } from '../../../application/ports/stream-tickets.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { orFault, textOrNull } from '../reply.js';
import { run, script } from '../script.js';

const grant = z.object({
  userId: z.string(),
  validity: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('Always') }),
    z.object({ kind: z.literal('Until'), at: z.number() }),
    z.object({ kind: z.literal('UntilRevoked'), keyHash: z.string() }),
  ]),
});

/** Of two callers with the same ticket only one gets what it opens. KEYS: ticket. */
const redeemScript = script(`
local found = redis.call('GET', KEYS[1])
redis.call('DEL', KEYS[1])
return found
`);

const keyOf = (hash: string): string => `stream-ticket:${hash}`;

/** Tickets in Redis: what one process gave out, any other takes. A wiped Redis knows none; clients ask for new ones. */
export const redisStreamTickets = (connection: RedisConnection, log: Log): StreamTickets => {
  const ask = orFault(log, 'TicketsUnavailable', 'Tickets in Redis did not answer');
  return {
    keep: (hash, granted, ttlMs) =>
      ask(
        async () =>
          void (await connection.needed((redis) => redis.set(keyOf(hash), JSON.stringify(granted), 'PX', ttlMs))),
      ),
    redeem: (hash) =>
      ask(async () => {
        const found = textOrNull(await connection.needed((redis) => run(redis, redeemScript, [keyOf(hash)], [])));
        return found === null ? null : grant.parse(JSON.parse(found));
      }),
  };
};
