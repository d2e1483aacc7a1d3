import { type Log } from '../../../application/ports/log.js';
import { type SigningKeys } from '../../../application/ports/signing-keys.js';
import { type RedisConnection } from '../connection.js';
import { orFault } from '../reply.js';

/**
 * Signing keys in Redis, under a name for each kind, shared by all processes. A wiped Redis gets new ones: passes issued
 * before are void then; seals and receipts stay good, since their public keys are events.
 */
export const redisSigningKeys = (
  connection: RedisConnection,
  log: Log,
  name: 'pass-keys' | 'seal-keys',
): SigningKeys => {
  const ask = orFault(log, 'SigningKeysUnavailable', `The ${name} in Redis did not answer`);
  const { steady } = connection;
  return {
    all: () =>
      ask(async () =>
        Object.entries(await steady.hgetall(name)).map(([epoch, key]) => ({ epoch: Number(epoch), key })),
      ),
    offer: ({ epoch, key }) => ask(async () => void (await steady.hsetnx(name, String(epoch), key))),
    dropBefore: (epoch) =>
      ask(async () => {
        const old = (await steady.hkeys(name)).filter((each) => Number(each) < epoch);
        if (old.length > 0) await steady.hdel(name, ...old);
      }),
  };
};
