import { taskEither as TE } from 'fp-ts';
import { type Log } from '../../../application/ports/log.js';
import { type SigningKeys } from '../../../application/ports/signing-keys.js';
import { type RedisConnection } from '../connection.js';

/**
 * Signing keys in Redis, under a name for each kind, shared by all processes. A wiped Redis gets new ones: passes issued
 * before are void then; seals and receipts stay good, since their public keys are events.
 */
export const redisSigningKeys = (
  connection: RedisConnection,
  log: Log,
  name: 'pass-keys' | 'seal-keys',
): SigningKeys => {
  const ask = <A>(work: () => Promise<A>): TE.TaskEither<'SigningKeysUnavailable', A> =>
    TE.tryCatch(work, (error): 'SigningKeysUnavailable' => {
      log.debug({ name, error: String(error) }, 'The signing keys in Redis did not answer');
      return 'SigningKeysUnavailable';
    });
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
