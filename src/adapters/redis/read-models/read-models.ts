import { either as E, type option as O, taskEither as TE } from 'fp-ts';
import { randomUUID } from 'node:crypto';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type Log } from '../../../application/ports/log.js';
import {
  type Build,
  type DocumentWrite,
  type ReadModels,
  type ReadModelsError,
  type ServedPage,
} from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { notices, type Notices } from '../notices.js';
import { items, orFault, text, textOrNull } from '../reply.js';
import { run, script } from '../script.js';
import { builds } from './builds.js';
import { drop } from './drop.js';
import { incarnations, type Incarnations } from './incarnations.js';
import { buildKeys, buildsKey, changesChannel, CHECKPOINT, INCARNATION, indexSuffix } from './keys.js';
import { getMany, scan } from './page.js';
import { writeScript } from './scripts/write.js';
import { readServed } from './served.js';
import { sortable } from './sortable.js';

const argsOf = ({ id, document, entries }: DocumentWrite): ReadonlyArray<string> => [
  id,
  document === null ? '' : JSON.stringify(document),
  JSON.stringify(entries.map(({ index, key, sort }) => [indexSuffix(index, key), sortable(sort)])),
];

interface Written {
  readonly build: Build;
  readonly writes: ReadonlyArray<DocumentWrite>;
  readonly from: number;
  readonly to: number;
}

/** One script for all of it. Sent again after a lost reply, it finds the checkpoint moved. */
const write = async (
  connection: RedisConnection,
  known: Incarnations,
  { build, writes, from, to }: Written,
): Promise<'Written' | 'Moved'> => {
  const { name, documents, entries, ids, indexes, index } = buildKeys(build);
  const changed = JSON.stringify(writes.map(({ id }) => id));
  const [answer, incarnation] = items(
    await run(
      connection.steady,
      writeScript,
      [documents, entries, ids, indexes, buildsKey(build.view), index, changesChannel(build.view)],
      [from, to, name, randomUUID(), changed, ...writes.flatMap(argsOf)],
    ),
  );
  if (answer !== 'Written') return 'Moved';
  known.check(build, text(incarnation));
  return 'Written';
};

type Watchers = Map<string, Set<() => void>>;

const changedIds = (message: string): ReadonlyArray<string> => {
  const ids: unknown = JSON.parse(message);
  return Array.isArray(ids) ? ids.map(String) : [];
};

const wake = (watchers: Watchers, message: string | null): void => {
  if (message === null || message === '*') watchers.forEach((ofId) => ofId.forEach((changed) => changed()));
  else changedIds(message).forEach((id) => watchers.get(id)?.forEach((changed) => changed()));
};

/** One channel per view; whoever watches a document is woken by its id, and whenever something may have been missed. */
const watch = (notices: Notices): ReadModels['watch'] => {
  const views = new Map<string, Watchers>();
  const watchersOf = (view: string): Watchers => {
    const existing = views.get(view);
    if (existing !== undefined) return existing;
    const watchers: Watchers = new Map();
    views.set(view, watchers);
    notices.listen(changesChannel(view), (message) => wake(watchers, message));
    return watchers;
  };
  return (view, id, changed) => {
    const watchers = watchersOf(view);
    const ofId = watchers.get(id) ?? new Set();
    watchers.set(id, ofId.add(changed));
    return () => {
      ofId.delete(changed);
      if (ofId.size === 0 && watchers.get(id) === ofId) watchers.delete(id);
    };
  };
};

/** In one script: a few milliseconds of Redis. */
const SLICE = 1_000;

/** One script after the other; the checkpoint moves with the last. */
const fill =
  (write: ReadModels['write']): ReadModels['fill'] =>
  (build, writes, { from, to }) =>
  async () => {
    let slice: DocumentWrite[] = [];
    for (const { id, document, entries } of writes) {
      // Made here: what cannot be made is a bug, and not a Redis that is away.
      slice.push({ id, document, entries });
      if (slice.length < SLICE) continue;
      const written = await write(build, slice, { from, to: from })();
      if (E.isLeft(written)) return written;
      slice = [];
    }
    return write(build, slice, { from, to })();
  };

/** Whatever goes wrong with a read model means that it is not available now. */
const answering = (log: Log) =>
  orFault<ReadModelsError>(log, 'ReadModelsUnavailable', 'The read models in Redis did not answer');

/**
 * Makes a build the one being served, and tells whoever watches. One that nothing was written to yet is created, unless the
 * caller has seen it before: then it vanished, and serving it would deny what it held.
 * KEYS: documents, builds, channel. ARGV: name, incarnation if new, incarnation known ('' for none).
 */
const flipScript = script(`
local incarnation = redis.call('HGET', KEYS[1], '\\0incarnation')
if ARGV[3] ~= '' and incarnation ~= ARGV[3] then return {'Gone'} end
if not incarnation then
  redis.call('HSET', KEYS[1], '\\0incarnation', ARGV[2], '\\0checkpoint', '-1')
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
end
redis.call('HSET', KEYS[2], 'live', ARGV[1])
redis.call('PUBLISH', KEYS[3], '*')
return {'Live'}
`);

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
  const { served, scanServed, queryServed } = readServed(connection);
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
    served: (view, ids) => answer(() => served(view, ids)),
    scanServed: (view, range) => answer(() => scanServed(view, range)),
    queryServed: (view, query) =>
      TE.flatMapEither((page: E.Either<'InvalidCursor', O.Option<ServedPage>>) => page)(
        answer(() => queryServed(view, query)),
      ),
    getMany: (build, ids) => answer(() => getMany(connection, known, build, ids)),
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
