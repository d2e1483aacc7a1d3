import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type MessageLog } from '../../../application/ports/message-log.js';
import { commitDurably } from '../environment/index.js';
import { loggedAtOf } from './chunk.js';
import { Consumers } from './consumers.js';
import { lagOf } from './lag.js';
import { OffsetCommits } from './offset-commits.js';
import { type EmbeddedMessageLogOptions, settingsOf } from './options.js';
import { type PartitionLog } from './partition-log.js';
import { Publisher } from './publisher.js';
import { type ChunkKey, openTables, type Tables } from './tables.js';
import { Topics } from './topics.js';

/** Chunks dropped in one transaction: the loop of events goes on between two. */
const SLICE = 500;

/** What every group has read; with no group at all, everything. */
const readByAll = ({ committed }: Tables, { topic, partition, head }: PartitionLog): number => {
  let all = head;
  for (const { key, value } of committed.getRange({ start: [topic, partition], end: [topic, partition + 1] }))
    if (key[0] === topic && key[1] === partition) all = Math.min(all, value);
  return all;
};

/**
 * Drops what was logged before `before`, oldest first. What a group of this log has not read yet stays, however old: an
 * accepted request outlives a server that was off for longer than its retention. Answers how many messages went.
 */
const sweepPartition = async (
  root: RootDatabase<unknown>,
  tables: Tables,
  log: PartitionLog,
  before: number,
): Promise<number> => {
  const { topic, partition, head } = log;
  const keepFrom = readByAll(tables, log);
  for (let dropped = 0; ;) {
    const slice: ChunkKey[] = [];
    const range = { start: [topic, partition, 0], end: [topic, partition, head], limit: SLICE + 1 };
    const oldest = [...tables.chunks.getRange(range).map(({ key, value }) => ({ key, loggedAt: loggedAtOf(value) }))];
    let end = oldest[0]?.key[2] ?? head;
    for (const [index, { key, loggedAt }] of oldest.slice(0, SLICE).entries()) {
      const next = oldest[index + 1]?.key[2] ?? head;
      if (loggedAt >= before || next > keepFrom) break;
      slice.push(key);
      dropped += next - key[2];
      end = next;
    }
    if (slice.length === 0) return dropped;
    await commitDurably(root, () => slice.forEach((key) => tables.chunks.removeSync(key))).committed;
    if (slice.length < SLICE || end >= head) return dropped;
  }
};

/** Which of `partitions` a key belongs to: FNV-1a with a final mix, so that keys that differ in their last letter spread. */
const partitionOf = (key: string, partitions: number): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % partitions;
};

export interface EmbeddedMessageLog extends MessageLog {
  /** Drops what is older than its topic's retention and read by every group; answers how many messages went. Call it now and then. */
  readonly sweep: () => TE.TaskEither<'LogUnavailable', number>;
  /** Refuses messages, waits for those being written, stops every consumer after its batch. The environment stays open. */
  readonly close: () => Promise<void>;
}

const unavailable = (): 'LogUnavailable' => 'LogUnavailable';

/**
 * The message log in the data directory. Consumers see a message once it is on disk, never before. All consumers of a
 * group are in this process, since one process owns the environment.
 */
export const openMessageLog = (
  root: RootDatabase<unknown>,
  options: EmbeddedMessageLogOptions = {},
): EmbeddedMessageLog => {
  const settings = settingsOf(options);
  const tables = openTables(root);
  const topics = new Topics(root, tables, settings.recentCharacters);
  const offsets = new OffsetCommits(root, tables, settings.onFailure);
  const publisher = new Publisher(root, tables, settings);
  const consumers = new Consumers(offsets, settings.backOff);
  let closed = false;

  const sweepAll = async (): Promise<number> => {
    let dropped = 0;
    for (const { partitions, retentionSeconds } of topics.all())
      for (const log of partitions) {
        if (closed) return dropped;
        dropped += await sweepPartition(root, tables, log, settings.now() - retentionSeconds * 1_000);
      }
    return dropped;
  };
  const notSwept = (error: unknown): 'LogUnavailable' => {
    settings.onFailure(error);
    return 'LogUnavailable';
  };

  return {
    ensureTopics: (wanted) => TE.tryCatch(() => topics.ensure(wanted), unavailable),
    publish: (name, message) => () => {
      const partitions = topics.find(name)?.partitions;
      const to = partitions?.[partitionOf(message.key, partitions.length)];
      return to === undefined ? Promise.resolve(E.left('PublishFailed')) : publisher.publish(to, message);
    },
    subscribe: (subscription) => async () => {
      const topic = topics.find(subscription.topic);
      return topic === undefined || closed ? E.left('LogUnavailable') : E.right(consumers.add(subscription, topic));
    },
    read: ({ topic, partition, offset }, limit) =>
      TE.fromIOEither(() =>
        E.tryCatch(() => topics.find(topic)?.partitions[partition]?.read(offset, limit) ?? [], unavailable),
      ),
    lag: (topic, group) =>
      TE.fromIOEither(() => {
        const open = topics.find(topic);
        if (open === undefined) return E.left('LogUnavailable');
        return E.tryCatch(() => open.partitions.map((log) => lagOf(tables, group, log)), unavailable);
      }),
    sweep: () => TE.tryCatch(sweepAll, notSwept),
    close: async () => {
      closed = true;
      await Promise.all([publisher.close(), consumers.close()]);
    },
  };
};
