import { either as E, type taskEither as TE } from 'fp-ts';
import { type Check, type Verdict, verdictOf } from '../../kernel/audit/audit.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { leafOfEvent } from '../../kernel/history/history-chain.js';
import { isSignedBy } from '../../kernel/history/receipt.js';
import { iso } from '../../kernel/iso.js';
import { yieldToEventLoop } from '../../kernel/yield-to-event-loop.js';
import {
  BEGINNING,
  type EventFeed,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '../../ports/event-store.js';
import { type Compared, compareSealed, type HistoryFault, type Standing } from './compare-sealed.js';
import { endOf } from './end-of-seal.js';
import { recordedKeys } from './record-seal-keys.js';
import {
  digestOfSeal,
  type HistorySealed,
  isSealEvent,
  MOST_SEALED,
  NO_SEAL,
  SEAL_STREAM,
  type SealKeyRecorded,
  signedText,
} from './seal.js';

const BATCH = 500;

const standing = (event: RecordedEvent): Standing => {
  const { id, streamId, revision, position } = event;
  return { id, streamId, revision, position, leaf: leafOfEvent(event) };
};

/** The events of a history in their order, without the seals, read as far as they are asked for. */
interface StandingEvents {
  /** Those that were not used yet, `most` of them if there are as many. For `unlessAway`. */
  readonly next: (most: number) => Promise<ReadonlyArray<Standing>>;
  /** Drops the first `count` of them: they are compared. */
  readonly use: (count: number) => void;
  /** How many were not used: of those that were read, or of all there are. For `unlessAway`. */
  readonly count: (of: { readonly toTheEnd: boolean }) => Promise<number>;
}

const standingEvents = (
  feed: Pick<EventFeed, 'read'>,
  {
    after,
    head,
    onProgress,
  }: {
    readonly after: Position;
    readonly head: Position;
    readonly onProgress: (position: Position, of: Position) => void;
  },
): StandingEvents => {
  let position = after;
  let waiting: ReadonlyArray<Standing> = [];
  const read = async (): Promise<boolean> => {
    if (position >= head) return false;
    const batch = await orAway(feed.read(position, { batchSize: BATCH }));
    const events = batch.events.filter((each) => each.streamId !== SEAL_STREAM && each.position <= head);
    waiting = [...waiting, ...events.map(standing)];
    position = batch.caughtUp ? head : batch.position;
    onProgress(Math.min(position, head), head);
    await yieldToEventLoop();
    return true;
  };
  return {
    next: async (most) => {
      while (waiting.length < most && (await read()));
      return waiting;
    },
    use: (count) => void (waiting = waiting.slice(count)),
    count: async ({ toTheEnd }) => {
      let count = waiting.length;
      if (toTheEnd) for (waiting = []; await read(); waiting = []) count += waiting.length;
      return count;
    },
  };
};

/** How far the clocks of the processes that sign may be apart. */
const CLOCKS_APART_MS = 60_000;

/** Why a seal cannot be believed, whatever it is of; null where it can. */
const distrust = (
  seal: HistorySealed,
  previous: string | null,
  keys: ReadonlyMap<string, SealKeyRecorded>,
): string | null => {
  const key = keys.get(seal.keyId);
  if (key === undefined) return `its key ${seal.keyId} is not known`;
  if (!isSignedBy(key, signedText(seal), seal.signature)) return 'its signature is not of its key';
  if (seal.at < key.notBefore - CLOCKS_APART_MS || seal.at > key.notAfter + CLOCKS_APART_MS)
    return 'it was signed at a time that is not of its key';
  if (previous !== null && seal.previous !== previous) return 'it does not follow the seal before it';
  return seal.count === seal.leaves.length && seal.count <= MOST_SEALED ? null : 'it names another number of events';
};

/** A history whose end was cut off is consistent, but lacks a seal that was seen before. For `unlessAway`. */
const containing = async (
  eventStore: Pick<EventStore, 'readStream'>,
  { seal, digest }: { readonly seal: number; readonly digest: string },
): Promise<Check> => {
  const name = 'the seal that was known before is still there';
  const [found] = await orAway(eventStore.readStream(SEAL_STREAM, seal, 1));
  if (found === undefined || !isSealEvent(found.event))
    return { name, ok: false, detail: `there is no seal ${seal} any more: the end of the history was cut off` };
  const isSame = digestOfSeal(found.event) === digest;
  return { name, ok: isSame, detail: isSame ? `seal ${seal}` : `seal ${seal} is another one than it was` };
};

export interface VerifyHistoryPorts {
  readonly feed: Pick<EventFeed, 'read' | 'head'>;
  readonly eventStore: Pick<EventStore, 'readStream'>;
}

export interface HistoryVerified extends Verdict {
  /** Events that are as they were sealed, and how many the store dropped after their time. */
  readonly events: number;
  readonly dropped: number;
  /** Events behind the last seal. */
  readonly unsealed: number;
  /** The last seal that was looked at; keep it, and later histories must contain it. `at` is ISO-8601. */
  readonly last: { readonly seal: number; readonly digest: string; readonly at: string } | null;
  readonly fault: HistoryFault | null;
}

export type VerifyHistoryError = { readonly code: 'SEAL_NOT_FOUND' | 'SEAL_UNREADABLE' | 'UNAVAILABLE' };

export interface HistoryToVerify {
  /** The number of the seal to begin with. */
  readonly fromSeal?: number;
  /** The keys to believe; those the history names where they are not given. */
  readonly keys?: ReadonlyArray<SealKeyRecorded>;
  /** A seal that was seen some day: the history must still contain it. */
  readonly known?: { readonly seal: number; readonly digest: string } | null;
}

export type VerifyHistory = (
  asked: HistoryToVerify,
  onProgress?: (position: Position, of: Position) => void,
) => TE.TaskEither<VerifyHistoryError, HistoryVerified>;

const SEALS = 50;
/**
 * Reads every event and every seal and says whether the events are as they were sealed, or names the first that is not. What
 * stands behind the last seal is counted. May be asked in the middle of a sale.
 */
export const verifyHistory =
  ({ feed, eventStore }: VerifyHistoryPorts): VerifyHistory =>
  ({ fromSeal = 0, keys: trusted, known = null }, onProgress = () => undefined) =>
    unlessAway<Exclude<VerifyHistoryError['code'], 'UNAVAILABLE'>, HistoryVerified>(async () => {
      const head = await orAway(feed.head());
      const keys = new Map((trusted ?? (await orAway(() => recordedKeys(eventStore)))).map((key) => [key.keyId, key]));
      const sealsFrom = async (from: number): Promise<ReadonlyArray<RecordedEvent>> =>
        (await orAway(eventStore.readStream(SEAL_STREAM, from, SEALS))).filter(({ position }) => position <= head);

      let [after, previous]: [Position, string | null] = [BEGINNING, NO_SEAL];
      if (fromSeal > 0) {
        const [before] = await sealsFrom(fromSeal - 1);
        if (before === undefined || !isSealEvent(before.event)) return E.left({ code: 'SEAL_NOT_FOUND' });
        const end = await endOf({ feed, eventStore }, { ...before, event: before.event });
        if (E.isLeft(end)) return E.left({ code: 'SEAL_NOT_FOUND' });
        [after, previous] = [end.right, digestOfSeal(before.event)];
      }

      const standing = standingEvents(feed, { after, head, onProgress });
      let [seals, events, dropped] = [0, 0, 0];
      let last: HistoryVerified['last'] = null;
      let [badSeal, fault]: [string | null, HistoryFault | null] = [null, null];
      for (let next = fromSeal, page = await sealsFrom(next); page.length > 0; page = await sealsFrom(next)) {
        for (const recorded of page) {
          const { event, revision } = recorded;
          if (!isSealEvent(event) || isSealEvent.faultOf(recorded) !== null) return E.left({ code: 'SEAL_UNREADABLE' });
          const reason = revision === next ? distrust(event, previous, keys) : 'one before it is missing';
          if (reason !== null) badSeal = `seal ${revision}: ${reason}`;
          // As many more, so that an event that was put in or moved is told from one that was changed.
          const there = await standing.next(2 * event.count);
          const compared: Compared = compareSealed(revision, event, there);
          if (!compared.isAsSealed) fault = compared.fault;
          if (badSeal !== null || !compared.isAsSealed) break;
          standing.use(compared.used);
          [seals, events, dropped] = [seals + 1, events + compared.used, dropped + compared.dropped];
          [previous, next] = [digestOfSeal(event), revision + 1];
          last = { seal: revision, digest: previous, at: iso(event.at) };
        }
        if (badSeal !== null || fault !== null) break;
      }
      const unsealed = await standing.count({ toTheEnd: badSeal === null && fault === null });
      const contained = known && (await containing(eventStore, known));
      const checks: ReadonlyArray<Check> = [
        ...(contained === null ? [] : [contained]),
        {
          name: 'every seal is signed and follows the one before it',
          ok: badSeal === null,
          detail: badSeal ?? `${seals} seals`,
        },
        {
          name: 'every event is as it was sealed, none left out, put in or moved',
          ok: fault === null,
          detail:
            fault?.detail ??
            [
              `${events} events`,
              ...(dropped > 0 ? [`${dropped} dropped after their time`] : []),
              ...(unsealed > 0 ? [`${unsealed} not sealed yet`] : []),
            ].join(', '),
        },
      ];
      return E.right({ ...verdictOf(checks), events, dropped, unsealed, last, fault });
    });
