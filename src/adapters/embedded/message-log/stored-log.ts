import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type MessageLog } from '../../../application/ports/message-log.js';
import { lagOf } from './lag.js';
import { type PartitionLog } from './partition-log.js';
import { openTables } from './tables.js';
import { Topics } from './topics.js';

/** The log of an environment that another process writes, as it stands at each call. */
export const storedLog = (root: RootDatabase<unknown>): Pick<MessageLog, 'read' | 'lag'> => {
  const tables = openTables(root);
  const partitionsOf = (topic: string): ReadonlyArray<PartitionLog> =>
    new Topics(root, tables, 0).find(topic)?.partitions ?? [];
  const committed = (key: [topic: string, partition: number, group: string]): number | undefined =>
    tables.committed.get(key);
  const reading = <A>(read: () => A): TE.TaskEither<'LogUnavailable', A> =>
    TE.fromIOEither(() => E.tryCatch(read, () => 'LogUnavailable' as const));
  return {
    read: ({ topic, partition, offset }, limit) =>
      reading(() => partitionsOf(topic)[partition]?.read(offset, limit) ?? []),
    lag: (topic, group) => reading(() => partitionsOf(topic).map((log) => lagOf(tables, { committed }, group, log))),
  };
};
