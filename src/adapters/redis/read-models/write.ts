import { randomUUID } from 'node:crypto';
import { type Build, type DocumentWrite } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { items, text } from '../reply.js';
import { run } from '../script.js';
import { type Incarnations } from './incarnations.js';
import { buildKeys, buildsKey, changesChannel, indexSuffix } from './keys.js';
import { writeScript } from './scripts/write.js';
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
export const write = async (
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
