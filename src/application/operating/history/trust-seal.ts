import { type Check } from '../../kernel/audit/audit.js';
import { orAway } from '../../kernel/audit/away.js';
import { isSignedBy } from '../../kernel/history/is-signed-by.js';
import { type EventStore } from '../../ports/event-store.js';
import {
  digestOfSeal,
  type HistorySealed,
  isSealEvent,
  MOST_SEALED,
  SEAL_STREAM,
  type SealKeyRecorded,
  signedText,
} from './seal.js';

/** How far the clocks of the processes that sign may be apart. */
const CLOCKS_APART_MS = 60_000;

/** Why a seal cannot be believed, whatever it is of; null where it can. */
export const distrust = (
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
export const containing = async (
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
