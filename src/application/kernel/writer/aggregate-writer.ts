import { either as E } from 'fp-ts';
import { type EventBody } from '../../ports/event-store.js';
import { type LoggedMessage, type MessageBatch } from '../../ports/message-log.js';
import { aggregateCache, type Remembered } from './aggregate-cache.js';
import { commitBatch, type CommitBatchError, type CommitBatchPorts } from './commit-batch.js';
import { isOversized, setAsideMessages } from './dead-letter-message.js';
import { decideBatch, type Decided, type ReadMessage } from './decide-batch.js';
import { type SnapshotKeeper } from './keep-snapshots.js';
import { type LoadAggregatePorts, UnreadableStream } from './load-aggregate.js';
import { parkKey, type ParkKeyPorts } from './park-key.js';
import { type Writing } from './writing.js';

export interface AggregateWriterPorts extends LoadAggregatePorts, CommitBatchPorts, ParkKeyPorts {
  readonly snapshotKeeper: SnapshotKeeper;
  /** Entries remembered over all keys. Default 1,000,000. */
  readonly mostHeld?: number;
}

/** Resolves when every message of the batch is answered, durably; rejects when the batch has to come again. */
export type WriteBatch = (batch: MessageBatch) => Promise<void>;

/** Nothing is lost: the batch is not committed, and comes again. */
class BatchMustWait extends Error {
  constructor(topic: string, key: string, why: CommitBatchError) {
    super(`The messages of ${key} on ${topic} cannot be decided now: ${why}`);
  }
}

class Oversized extends Error {
  override readonly message = 'It is larger than any message of ours, and is not looked at';
}

/** Against one other owner of the partition, who is on the way out. */
const DECISIONS = 10;
const MOST_HELD = 1_000_000;

/**
 * The one writer of the aggregates whose commands come through a topic. Each batch costs one append per key (a few when
 * it is large), and one more if anything was rejected. Fenced by the expected revisions: where another owner of the
 * partition wrote, the state is loaded again and the messages decided again, which finds those already answered. A
 * stream that cannot be read parks its own key.
 */
export const aggregateWriter =
  (ports: AggregateWriterPorts) =>
  <Command, State, Event extends EventBody, Rejections, Rejection extends EventBody>(
    writing: Writing<Command, State, Event, Rejections, Rejection>,
    /** Told of what was written, once it is. */
    onWritten: (decided: Decided<State, Event, Rejections, Rejection>) => void = () => undefined,
  ): WriteBatch => {
    const cache = aggregateCache(ports, writing, ports.mostHeld ?? MOST_HELD);
    const decide = decideBatch(writing);
    const commit = commitBatch(ports);
    const park = parkKey(ports);
    /** The offset each partition goes on with, if nobody else had it meanwhile. */
    const next = new Map<number, number>();

    const setAside = async (messages: ReadonlyArray<LoggedMessage>): Promise<void> => {
      const set = await setAsideMessages(ports)(messages.map((message) => ({ message, error: new Oversized() })))();
      if (E.isLeft(set)) throw new BatchMustWait(writing.topic, 'anybody', set.left);
    };

    const byKey = (
      messages: ReadonlyArray<LoggedMessage>,
    ): ReadonlyMap<string, ReadonlyArray<ReadMessage<Command>>> => {
      const groups = new Map<string, ReadMessage<Command>[]>();
      for (const message of messages) {
        const one = { message, read: writing.read(message) };
        const group = groups.get(message.key);
        if (group === undefined) groups.set(message.key, [one]);
        else group.push(one);
      }
      return groups;
    };

    const withSnapshots = (
      streams: { readonly events: string; readonly rejections: string },
      { partition, aggregate, rejections }: Remembered<State, Rejections>,
    ): Remembered<State, Rejections> => ({
      partition,
      aggregate: ports.snapshotKeeper.offer(writing.aggregate, streams.events, aggregate),
      rejections: ports.snapshotKeeper.offer(writing.rejections, streams.rejections, rejections),
    });

    const write = async (key: string, partition: number, messages: ReadonlyArray<ReadMessage<Command>>) => {
      const streams = { events: writing.streamOf(key), rejections: writing.rejectionsStreamOf(key) };
      for (let decisions = 1; ; decisions++) {
        const before = await cache.get(key, partition)();
        if (E.isLeft(before)) throw new BatchMustWait(writing.topic, key, before.left);
        const { aggregate, rejections } = before.right;
        const decided = decide(key, messages, {
          state: aggregate.state,
          rejections: rejections.state,
          lastEvent: aggregate.last ?? null,
          lastRejection: rejections.last ?? null,
        });
        const written = await commit(streams, before.right, decided)();
        if (E.isRight(written)) {
          cache.keep(key, withSnapshots(streams, written.right));
          return onWritten(decided);
        }
        cache.forget(key);
        if (written.left !== 'RevisionConflict' || decisions === DECISIONS)
          throw new BatchMustWait(writing.topic, key, written.left);
      }
    };

    const writeOrPark = async (key: string, partition: number, messages: ReadonlyArray<ReadMessage<Command>>) => {
      try {
        await write(key, partition, messages);
      } catch (error) {
        if (!(error instanceof UnreadableStream)) throw error;
        const unanswered = messages.map(({ message }) => message);
        const parked = await park(writing.topic, unanswered, error)();
        if (E.isLeft(parked)) throw new BatchMustWait(writing.topic, key, parked.left);
      }
    };

    return async (batch) => {
      const { partition, messages } = batch;
      // Anything but the message after the last one: another owner may have decided in between.
      if (next.get(partition) !== messages[0]?.offset) cache.forgetPartition(partition);
      const ours = messages.filter((message) => !isOversized(message));
      const writes = [...byKey(ours)].map(([key, group]) => writeOrPark(key, partition, group));
      // All of them, even when one fails: none may still be writing when the batch comes again.
      const failure = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected');
      if (failure?.status === 'rejected') throw failure.reason;
      // Last: a batch that comes again would set them aside again.
      if (ours.length < messages.length) await setAside(messages.filter(isOversized));
      const last = messages.at(-1);
      if (last !== undefined) next.set(partition, last.offset + 1);
    };
  };
