import { type LoggedMessage, type MessageBatch } from '../../application/ports/message-log.js';
import { toError } from './in-time.js';
import { type KafkaSettings } from './options.js';

export interface ConsumeLane {
  readonly push: (messages: ReadonlyArray<LoggedMessage>) => void;
  /** The partition may be another's from now on: nothing more is handled, what is being handled is not committed. */
  readonly revoke: () => void;
  /** Nothing more is handled; what is being handled is still committed. Resolves when that is done. */
  readonly finish: () => Promise<void>;
  /** Nothing is being handled any more. */
  readonly idle: () => Promise<void>;
}

interface Partition {
  readonly topic: string;
  readonly partition: number;
  readonly batchSize: number;
  readonly handle: (batch: MessageBatch) => Promise<void>;
  /** Commits that everything before `offset` was handled. */
  readonly commit: (offset: number) => Promise<void>;
  /** Stops and restarts fetching: memory is bounded. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Of an earlier owner of this partition in this process: one batch at a time, also across a rebalance. */
  readonly after: Promise<void>;
}

/** Waiting messages at which fetching pauses, in batches. */
const FULL = 10;
const LOW = 3;
const MAX_BACK_OFF_MS = 5_000;

/**
 * One partition's messages, batch by batch, beside the fetching: the library waits for every partition of a fetch before
 * the next fetch and heartbeat, so that one slow or rejecting handler would stop all of them.
 */
export const consumeLane = (of: Partition, { log }: KafkaSettings): ConsumeLane => {
  const waiting: LoggedMessage[] = [];
  let state: 'owned' | 'finishing' | 'revoked' = 'owned';
  let paused = false;
  let running: Promise<void> = of.after;
  let busy = false;
  let wakeUp: () => void = () => undefined;

  const backOff = (attempt: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(50 * 2 ** attempt, MAX_BACK_OFF_MS));
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Until it resolves, or the partition is given up. */
  const insist = async (
    act: () => Promise<void>,
    goOn: () => boolean,
    failed: (error: unknown) => void = () => undefined,
  ): Promise<boolean> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await act();
        return true;
      } catch (error) {
        failed(error);
        if (!goOn()) return false;
        await backOff(attempt);
        if (!goOn()) return false;
      }
    }
  };

  const next = async (): Promise<void> => {
    const { topic, partition } = of;
    const messages = waiting.splice(0, of.batchSize);
    const last = messages.at(-1);
    if (last === undefined) return;
    const handle = async (): Promise<void> => of.handle({ topic, partition, messages });
    if (!(await insist(handle, () => state === 'owned'))) return;
    let commits = 0;
    const commit = async () => {
      // Under a new generation the broker would take a commit for a partition that is no longer ours.
      if (state !== 'revoked') await of.commit(last.offset + 1);
    };
    await insist(
      commit,
      () => state === 'owned' || (state === 'finishing' && (commits += 1) < 5),
      (error) => log.warn({ engine: 'kafka', topic, partition, error: toError(error).message }, 'A commit failed'),
    );
    // Of one that was revoked the pause is over; the next owner of the partition in this process has its own.
    if (state === 'owned' && paused && waiting.length < LOW * of.batchSize) {
      paused = false;
      of.resume();
    }
  };

  const run = async (): Promise<void> => {
    await of.after;
    while (state === 'owned' && waiting.length > 0) await next();
    busy = false;
  };

  return {
    push: (messages) => {
      if (state !== 'owned') return;
      waiting.push(...messages);
      if (!paused && waiting.length >= FULL * of.batchSize) {
        paused = true;
        of.pause();
      }
      if (busy) return;
      busy = true;
      running = run();
    },
    revoke: () => {
      state = 'revoked';
      waiting.length = 0;
      wakeUp();
    },
    finish: () => {
      if (state === 'owned') state = 'finishing';
      wakeUp();
      return running;
    },
    idle: () => running,
  };
};
