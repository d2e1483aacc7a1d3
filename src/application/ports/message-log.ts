import { type taskEither as TE } from 'fp-ts';

export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly retentionSeconds: number;
}

export interface Message {
  /** Messages of one key are kept in order, in one partition. */
  readonly key: string;
  /** JSON by convention; a reader must expect anything. */
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Key of messages without meaning, which only move the next offset on: a move that broke off may leave some. */
export const FILLER = 'doorbuster-filler';

export interface LoggedMessage extends Message, PlaceInLog {
  /** Epoch milliseconds, by the log's clock. */
  readonly loggedAt: number;
}

export interface Published {
  readonly partition: number;
  readonly offset: number;
}

/** Where a message stands, or the next one of a partition will. */
export interface PlaceInLog extends Published {
  readonly topic: string;
}

export type PublishError =
  /** Known not to be in the log. */
  | 'PublishFailed'
  /** It may or may not be in the log. Never compensate. */
  | 'PublishOutcomeUnknown'
  /** Refused before anything was tried: too much is in flight. */
  | 'LogOverloaded';

export interface MessageBatch {
  readonly topic: string;
  readonly partition: number;
  /** In order of offset; never empty. */
  readonly messages: ReadonlyArray<LoggedMessage>;
}

export interface Subscribe {
  readonly topic: string;
  readonly group: string;
  /** Default 500. */
  readonly batchSize?: number;
  /**
   * Resolving commits the batch; rejecting gets it again after a back-off, before anything later of its partition.
   * Called for one batch at a time per partition, for all partitions side by side.
   */
  readonly handle: (batch: MessageBatch) => Promise<void>;
  /** Nobody waits for what it does: it need not hurry when the group changes, and costs less while nothing comes. */
  readonly isInBackground?: boolean;
  /** The partitions this consumer now has; called at every rebalance, also with what stays. */
  readonly onAssigned?: (partitions: ReadonlyArray<number>) => void;
}

export interface Consumer {
  /** Resolves when the batches being handled are done and committed. */
  readonly stop: () => Promise<void>;
}

export interface PartitionLag {
  readonly partition: number;
  /** The offset the next message will get. */
  readonly head: number;
  /** The offset the group will read next. */
  readonly committed: number;
  /** When the oldest unprocessed message was logged, epoch milliseconds; null when there is none or it cannot be told. */
  readonly oldestUnprocessedAt: number | null;
}

/** Topics of ordered partitions, read by consumer groups at least once. */
export interface MessageLog {
  /** Creates what is missing; never changes a partition count. */
  readonly ensureTopics: (topics: ReadonlyArray<Topic>) => TE.TaskEither<'LogUnavailable', void>;
  /** Durable when it answers. */
  readonly publish: (topic: string, message: Message) => TE.TaskEither<PublishError, Published>;
  readonly subscribe: (subscription: Subscribe) => TE.TaskEither<'LogUnavailable', Consumer>;
  /** What stands in a partition from `offset` on, without a group: for inspecting and restoring. */
  readonly read: (from: PlaceInLog, limit: number) => TE.TaskEither<'LogUnavailable', ReadonlyArray<LoggedMessage>>;
  readonly lag: (topic: string, group: string) => TE.TaskEither<'LogUnavailable', ReadonlyArray<PartitionLag>>;
}
