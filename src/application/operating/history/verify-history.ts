import { either as E, type taskEither as TE } from 'fp-ts';
import { type Check, type Verdict, verdictOf } from '../../kernel/audit/audit.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { iso } from '../../kernel/iso.js';
import { BEGINNING, type EventStore, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Compared, compareSealed, type HistoryFault } from './compare-sealed.js';
import { endOf } from './end-of-seal.js';
import { recordedKeys } from './record-seal-keys.js';
import { digestOfSeal, isSealEvent, NO_SEAL, SEAL_STREAM, type SealKeyRecorded } from './seal.js';
import { standingEvents } from './standing-events.js';
import { distrust } from './distrust.js';

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
