import { either as E } from 'fp-ts';
import { leafOfEvent } from '../../kernel/history/history-chain.js';
import { type Digest, merkleTree } from '../../kernel/history/merkle-tree.js';
import { orAway } from '../../kernel/audit/away.js';
import { orThrow } from '../../kernel/or-throw.js';
import { type BeginTask } from '../../kernel/process/while-leading.js';
import { Interrupted, orInterrupt } from '../../kernel/projection/interrupted.js';
import { pause } from '../../kernel/projection/pause.js';
import { appendSurely } from '../../kernel/writer/append-surely.js';
import { derivedId } from '../../kernel/writer/event-ids.js';
import {
  BEGINNING,
  type EventStore,
  NO_STREAM,
  type Position,
  type RecordedEvent,
  type Revision,
} from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Ports } from '../../ports/ports.js';
import { type SigningKey } from '../../ports/seal-keys.js';
import { endOf, sealAt, type SealedEventsPorts } from './end-of-seal.js';
import {
  digestOfSeal,
  type HistorySealed,
  MOST_SEALED,
  NO_SEAL,
  SEAL_STREAM,
  SEALED_WITHIN_MS,
  type SealedStatement,
  SHOWN_DIGITS,
  signedText,
} from './seal.js';

interface LastSealPorts extends SealedEventsPorts {
  readonly eventStore: Pick<EventStore, 'readStream' | 'lastRevision'>;
}

/** Where sealing goes on. */
interface LastSeal {
  readonly revision: Revision;
  readonly digest: Digest;
  /** Everything up to here is sealed. */
  readonly position: Position;
}

const lastSeal = async (ports: LastSealPorts): Promise<LastSeal> => {
  const revision = await orAway(ports.eventStore.lastRevision(SEAL_STREAM));
  if (revision === NO_STREAM) return { revision, digest: NO_SEAL, position: BEGINNING };
  const last = orThrow(await sealAt(ports.eventStore, revision));
  return { revision, digest: digestOfSeal(last.event), position: orThrow(await endOf(ports, last)) };
};

export interface SealHistoryPorts extends Pick<Ports, 'eventStore' | 'clock' | 'log' | 'metrics'> {
  readonly feed: Pick<EventFeed, 'read'>;
  readonly signingKey: SigningKey;
  /** Whether this process has much to do at the moment. */
  readonly isBusy: () => boolean;
  /** Streams whose events the store may drop after some time. */
  readonly passing: ReadonlyArray<string>;
}

interface Unsealed extends Pick<RecordedEvent, 'streamId' | 'revision' | 'position' | 'recordedAt'> {
  readonly leaf: Digest;
  readonly isPassing: boolean;
  /** Since when it is known, by the clock that only goes forward. */
  readonly seenAt: number;
}

/** Hashed in one go: about a millisecond. */
const SLICE = 250;
const LOOK_EVERY_MS = 1_000;
const TRY_AGAIN_MS = 1_000;
/** How many times longer it rests than it worked: a sale goes first, and its events are sealed after it. */
const REST = { busy: 49, idle: 4 } as const;

/**
 * Seals the history from where the last seal ended: every 1,000 events, or the rest 10 s after its first event was seen. One
 * process at a time; of two, the revision of the stream lets one go on. In a busy process it takes a fiftieth of the time.
 */
export const sealHistory =
  ({ feed, eventStore, signingKey, clock, log, metrics, isBusy, passing }: SealHistoryPorts): BeginTask =>
  async (overtaken) => {
    let { position, revision, digest } = await lastSeal({ feed, eventStore });
    let unsealed: ReadonlyArray<Unsealed> = [];
    let trouble: string | null = null;
    const stopping = new AbortController();
    const { signal } = stopping;

    const seen = (event: RecordedEvent): Unsealed => {
      const { streamId, revision: at, position: there, recordedAt } = event;
      const isPassing = passing.some((prefix) => streamId.startsWith(prefix));
      const seenAt = clock.elapsed();
      return { streamId, revision: at, position: there, recordedAt, leaf: leafOfEvent(event), isPassing, seenAt };
    };
    const take = async (): Promise<boolean> => {
      const batchSize = Math.min(SLICE, MOST_SEALED - unsealed.length);
      const batch = await orInterrupt(feed.read(position, { batchSize }));
      unsealed = [...unsealed, ...batch.events.filter(({ streamId }) => streamId !== SEAL_STREAM).map(seen)];
      position = batch.position;
      return batch.caughtUp;
    };
    const isDue = (): boolean => {
      const [oldest] = unsealed;
      if (oldest === undefined) return false;
      return unsealed.length === MOST_SEALED || clock.elapsed() - oldest.seenAt >= SEALED_WITHIN_MS;
    };

    const seal = async (): Promise<void> => {
      const [first, final] = [unsealed[0], unsealed.at(-1)];
      const key = await signingKey();
      if (first === undefined || final === undefined) return;
      if (key === null) throw new Error('The keys of seals cannot be had');
      const statement: SealedStatement = {
        from: first.position,
        to: final.position,
        count: unsealed.length,
        root: merkleTree(unsealed.map(({ leaf }) => leaf)).root,
        previous: digest,
        at: clock.now(),
        keyId: key.keyId,
      };
      const sealed: HistorySealed = {
        type: 'HistorySealed',
        ...statement,
        signature: await key.sign(Buffer.from(signedText(statement))),
        leaves: unsealed.map(({ leaf, isPassing }) => (isPassing ? leaf : leaf.slice(0, SHOWN_DIGITS))),
        end: { streamId: final.streamId, revision: final.revision },
      };
      const id = derivedId(`seal/${digestOfSeal(sealed)}`);
      const appending = { id, event: sealed, metadata: { correlationId: `seal-${revision + 1}` } };
      const appended = await appendSurely(eventStore)(SEAL_STREAM, revision, [appending])();
      if (E.isLeft(appended) && appended.left === 'EventStoreUnavailable') throw new Interrupted(appended.left);
      // Another process seals, or the result is not known: the next leader looks at what was recorded.
      if (E.isLeft(appended)) return overtaken();
      [revision, digest, unsealed] = [appended.right.revision, digestOfSeal(sealed), []];
    };

    const step = async (): Promise<number> => {
      const begun = clock.elapsed();
      // Full: the last seal could not be made. Takes no more events until it is.
      const caughtUp = unsealed.length === MOST_SEALED || (await take());
      if (isDue()) await seal();
      if (trouble !== null) log.info({}, 'the history is sealed again');
      trouble = null;
      return caughtUp ? LOOK_EVERY_MS : (clock.elapsed() - begun) * (isBusy() ? REST.busy : REST.idle);
    };
    const failed = (error: unknown): number => {
      const reason = error instanceof Error ? error.message : String(error);
      const level = error instanceof Interrupted ? 'warn' : 'error';
      if (reason !== trouble) log[level]({ err: error }, 'the history could not be sealed; it is tried again');
      trouble = reason;
      return TRY_AGAIN_MS;
    };
    const tellAge = (oldest: Unsealed | undefined): void =>
      metrics.gauge('history_unsealed_seconds', oldest ? Math.max(0, clock.now() - oldest.recordedAt) / 1_000 : 0);
    const run = async (): Promise<void> => {
      while (!signal.aborted) {
        const restMs = await step().catch(failed);
        tellAge(unsealed[0]);
        await pause(clock, restMs, signal);
      }
      // Another process seals now.
      tellAge(undefined);
    };
    const done = run();
    return {
      stop: () => {
        stopping.abort();
        return done;
      },
    };
  };
