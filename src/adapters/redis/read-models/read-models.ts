import { randomUUID } from 'node:crypto';
import { type either as E, option as O, taskEither as TE } from 'fp-ts';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type Log } from '../../../application/ports/log.js';
import { type Build, type Page, type ReadModels } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { notices } from '../notices.js';
import { items, textOrNull } from '../reply.js';
import { run } from '../script.js';
import { answering } from './answering.js';
import { builds } from './builds.js';
import { drop } from './drop.js';
import { fill } from './fill.js';
import { getMany } from './get-many.js';
import { incarnations } from './incarnations.js';
import { buildKeys, buildsKey, changesChannel, CHECKPOINT, INCARNATION } from './keys.js';
import { query, scan } from './page.js';
import { flipScript } from './scripts/flip.js';
import { watch } from './watch.js';
import { write } from './write.js';

/**
 * Read models in Redis, shared by all processes. Redis may be wiped: a build this process has seen and that is gone answers
 * ReadModelsUnavailable, never "no such document", until `builds` is asked what there is now. Reads fail at once while Redis
 * is away; writes wait for it, at most 10 s.
 */
export const redisReadModels = (connection: RedisConnection, log: Log): ReadModels => {
  const known = incarnations();
  const answer = answering(log);
  const checkpoint = async (build: Build): Promise<number> => {
    const { documents } = buildKeys(build);
    const [incarnation, position] = items(
      await connection.hot((redis) => redis.hmget(documents, INCARNATION, CHECKPOINT)),
    );
    known.check(build, textOrNull(incarnation));
    return Number(textOrNull(position) ?? BEGINNING);
  };
  const flip = async (build: Build): Promise<void> => {
    const keys = buildKeys(build);
    const args = [keys.name, randomUUID(), known.known(build) ?? ''];
    const named = [keys.documents, buildsKey(build.view), changesChannel(build.view)];
    const reply = items(await run(connection.steady, flipScript, named, args));
    if (reply[0] !== 'Live') throw new Error(`Build ${build.build} of ${build.view} has vanished`);
  };
  const writeAtOnce: ReadModels['write'] = (build, writes, moved) =>
    TE.chainW((written: 'Written' | 'Moved') =>
      written === 'Moved' ? TE.left('CheckpointMoved' as const) : TE.right(undefined),
    )(answer(() => write(connection, known, { build, writes, ...moved })));
  return {
    get: (build, id) => answer(async () => (await getMany(connection, known, build, [id]))[0] ?? O.none),
    getMany: (build, ids) => answer(() => getMany(connection, known, build, ids)),
    query: (build, asked) =>
      TE.flatMapEither((page: E.Either<'InvalidCursor', Page>) => page)(
        answer(() => query(connection, known, build, asked)),
      ),
    scan: (build, afterId, limit) => answer(() => scan(connection, known, build, { afterId, limit })),
    write: writeAtOnce,
    fill: fill(writeAtOnce),
    checkpoint: (build) => answer(() => checkpoint(build)),
    builds: (view) => answer(() => builds(connection, known, view)),
    flip: (build) => answer(() => flip(build)),
    drop: (build) => answer(() => drop(connection, known, build)),
    watch: watch(notices(connection)),
  };
};
