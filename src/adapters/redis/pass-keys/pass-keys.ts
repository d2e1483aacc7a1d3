import { taskEither as TE } from 'fp-ts';
import { type Log } from '../../../application/ports/log.js';
import { type PassKeys } from '../../../application/ports/pass-keys.js';
import { type RedisConnection } from '../connection.js';

const KEY = 'pass-keys';

/** The keys of passes in Redis, shared by all processes. A wiped Redis gets new ones; passes issued before are void then. */
export const redisPassKeys = (connection: RedisConnection, log: Log): PassKeys => {
  const ask = <A>(work: () => Promise<A>): TE.TaskEither<'PassKeysUnavailable', A> =>
    TE.tryCatch(work, (error): 'PassKeysUnavailable' => {
      log.debug({ error: String(error) }, 'The keys of passes in Redis did not answer');
      return 'PassKeysUnavailable';
    });
  const { steady } = connection;
  return {
    all: () =>
      ask(async () => Object.entries(await steady.hgetall(KEY)).map(([epoch, key]) => ({ epoch: Number(epoch), key }))),
    offer: ({ epoch, key }) => ask(async () => void (await steady.hsetnx(KEY, String(epoch), key))),
    dropBefore: (epoch) =>
      ask(async () => {
        const old = (await steady.hkeys(KEY)).filter((each) => Number(each) < epoch);
        if (old.length > 0) await steady.hdel(KEY, ...old);
      }),
  };
};
