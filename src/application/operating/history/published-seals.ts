import { either as E, type taskEither as TE } from 'fp-ts';
import { type EventStore, type Revision } from '../../ports/event-store.js';
import { recordedKeys } from './record-seal-keys.js';
import {
  digestOfSeal,
  isSealEvent,
  MOST_SEALED,
  type Seal,
  SEAL_STREAM,
  SEALED_WITHIN_MS,
  type SealKeyRecorded,
} from './seal.js';

export type PublishedKey = Omit<SealKeyRecorded, 'type'>;

export interface PublishedSeals {
  /** All that ever signed, and the next one. */
  readonly keys: ReadonlyArray<PublishedKey>;
  readonly sealing: { readonly events: number; readonly withinSeconds: number };
  /** Null before anything is sealed. */
  readonly last: { readonly seal: Revision; readonly digest: string; readonly sealed: Seal } | null;
}

export type FindPublishedSeals = () => TE.TaskEither<'Unavailable', PublishedSeals>;

/** What receipts and proofs are checked with, by people who do not trust this server. */
export const publishedSeals =
  (eventStore: Pick<EventStore, 'readStream' | 'lastRevision'>): FindPublishedSeals =>
  () =>
  async () => {
    const [keys, revision] = await Promise.all([recordedKeys(eventStore), eventStore.lastRevision(SEAL_STREAM)()]);
    if (E.isLeft(keys) || E.isLeft(revision)) return E.left('Unavailable');
    const found = await eventStore.readStream(SEAL_STREAM, Math.max(0, revision.right), 1)();
    if (E.isLeft(found)) return E.left('Unavailable');
    const last = found.right[0]?.event;
    const sealing = { events: MOST_SEALED, withinSeconds: SEALED_WITHIN_MS / 1_000 };
    if (last === undefined || !isSealEvent(last)) return E.right({ keys: keys.right, sealing, last: null });
    const { type: _, leaves: __, end: ___, ...sealed } = last;
    return E.right({ keys: keys.right, sealing, last: { seal: revision.right, digest: digestOfSeal(last), sealed } });
  };
