import { either as E } from 'fp-ts';
import { type EventBody } from '../../ports/event-store.js';
import { type LoggedMessage, type MessageBatch } from '../../ports/message-log.js';
import { type HeldKeyed, heldByKey } from './held-keyed.js';
import { type SnapshotKeeper } from './keep-snapshots.js';
import { type KeyedWriting } from './keyed-writing.js';
import { parkKey, type Parks } from './park-key.js';
import { type LoadAggregatePorts, UnreadableStream } from './load-aggregate.js';
import { patiently } from '../patiently.js';
import { rejectionsAggregate, rejectionsStream } from './rejected-requests.js';
import { type ReadKeyed, settleKeyed } from './settle-keyed.js';
import { writeKeyed, type WriteKeyedError, type WriteKeyedPorts } from './write-keyed.js';

export interface KeyedWriterPorts extends LoadAggregatePorts, WriteKeyedPorts, Parks {
  readonly snapshotKeeper: SnapshotKeeper;
  /** Entries held in memory over all keys. Default 1,000,000. */
  readonly mostHeld?: number;
}

/** Resolves when every message of the batch is answered, durably; rejects when the batch has to come again. */
export type KeyedWriter = (batch: MessageBatch) => Promise<void>;

/** Nothing is lost: the batch is not committed, and comes again. */
class KeyMustWait extends Error {
  constructor(topic: string, key: string, why: WriteKeyedError) {
    super(`The messages of ${key} on ${topic} cannot be decided now: ${why}`);
  }
}

/** Against one other owner of the partition, who is on the way out. */
const DECISIONS = 10;
const MOST_HELD = 1_000_000;

const byKey = <Command>(
  messages: ReadonlyArray<LoggedMessage>,
  toRead: (message: LoggedMessage) => ReadKeyed<Command>,
): ReadonlyMap<string, ReadonlyArray<ReadKeyed<Command>>> => {
  const groups = new Map<string, ReadKeyed<Command>[]>();
  for (const message of messages) {
    const group = groups.get(message.key);
    if (group === undefined) groups.set(message.key, [toRead(message)]);
    else group.push(toRead(message));
  }
  return groups;
};

/**
 * The one writer of the aggregates whose commands come through a topic. Each batch costs one append per key (a few when
 * it is large), and one more if anything was rejected. Fenced by the expected revisions: where another owner of the
 * partition wrote, the state is loaded again, what is decided is skipped, and the rest is decided again.
 */
export const keyedWriter =
  (ports: KeyedWriterPorts) =>
  <State, Command, Event extends EventBody, Rejection extends string>(
    writing: KeyedWriting<State, Command, Event, Rejection>,
  ): KeyedWriter => {
    const held = heldByKey(ports, writing, ports.mostHeld ?? MOST_HELD);
    const settle = settleKeyed(writing);
    const write = writeKeyed(ports);
    const park = parkKey(ports);
    const streams = (key: string) => ({
      events: writing.streamOf(key),
      rejections: rejectionsStream(writing.context, key),
    });
    /** The offset each partition goes on with, if nobody else had it meanwhile. */
    const next = new Map<number, number>();

    const withSnapshots = (key: string, one: HeldKeyed<State>): HeldKeyed<State> => ({
      ...one,
      aggregate: ports.snapshotKeeper.offer(writing.aggregate, writing.streamOf(key), one.aggregate),
      rejections: ports.snapshotKeeper.offer(
        rejectionsAggregate,
        rejectionsStream(writing.context, key),
        one.rejections,
      ),
    });

    const decide = async (
      key: string,
      partition: number,
      messages: ReadonlyArray<ReadKeyed<Command>>,
    ): Promise<void> => {
      for (let decisions = 1; ; decisions++) {
        const before = await held.get(key, partition)();
        if (E.isLeft(before)) throw new KeyMustWait(writing.topic, key, before.left);
        const settled = settle(key, messages, {
          state: before.right.aggregate.state,
          lastEvent: before.right.aggregate.last ?? null,
          lastRejection: before.right.rejections.last ?? null,
        });
        const written = await write(streams(key), before.right, settled)();
        if (E.isRight(written)) return held.keep(key, withSnapshots(key, written.right));
        held.forget(key);
        if (written.left !== 'RevisionConflict' || decisions === DECISIONS)
          throw new KeyMustWait(writing.topic, key, written.left);
      }
    };

    const decideOrPark = async (
      key: string,
      partition: number,
      messages: ReadonlyArray<ReadKeyed<Command>>,
    ): Promise<void> => {
      try {
        await decide(key, partition, messages);
      } catch (error) {
        if (!(error instanceof UnreadableStream)) throw error;
        const parked = await park(
          writing.topic,
          messages.map(({ message }) => message),
          error,
        )();
        if (E.isLeft(parked)) throw new KeyMustWait(writing.topic, key, parked.left);
        if (!parked.right) throw error;
      }
    };

    const toRead = (message: LoggedMessage): ReadKeyed<Command> => ({
      message,
      read: patiently(() => writing.read(message)),
    });

    return async ({ partition, messages }) => {
      // Anything but the message after the last one: another owner may have decided in between.
      if (next.get(partition) !== messages[0]?.offset) held.forgetPartition(partition);
      const deciding = [...byKey(messages, toRead)].map(([key, group]) => decideOrPark(key, partition, group));
      // All of them, even when one fails: none may still be writing when the batch comes again.
      const failure = (await Promise.allSettled(deciding)).find(({ status }) => status === 'rejected');
      if (failure?.status === 'rejected') throw failure.reason;
      const last = messages.at(-1);
      if (last !== undefined) next.set(partition, last.offset + 1);
    };
  };
