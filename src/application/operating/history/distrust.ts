import { isSignedBy } from '../../kernel/history/receipt.js';
import { type HistorySealed, type SealKeyRecorded, signedText, MOST_SEALED } from './seal.js';

/** How far the clocks of the processes that sign may be apart. */
const CLOCKS_APART_MS = 60000;
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
