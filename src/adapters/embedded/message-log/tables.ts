import { type Database, type RootDatabase } from 'lmdb';

export interface StoredTopic {
  readonly partitions: number;
  readonly retentionSeconds: number;
}

export type ChunkKey = [topic: string, partition: number, firstOffset: number];

export interface Tables {
  readonly topics: Database<StoredTopic, string>;
  /** See chunk.ts: the messages that one commit added to one partition, by the offset of the first. */
  readonly chunks: Database<string, ChunkKey>;
  /** The offset the next message of a partition gets. Stays when messages are dropped, so that offsets never return. */
  readonly heads: Database<number, [topic: string, partition: number]>;
  /** The offset a group reads next. Its presence says that the group exists. */
  readonly committed: Database<number, [topic: string, partition: number, group: string]>;
}

export const openTables = (root: RootDatabase<unknown>): Tables => ({
  topics: root.openDB('log-topics', { encoding: 'json' }),
  chunks: root.openDB('log-chunks', { encoding: 'string' }),
  heads: root.openDB('log-heads', { encoding: 'ordered-binary' }),
  committed: root.openDB('log-committed', { encoding: 'ordered-binary' }),
});
