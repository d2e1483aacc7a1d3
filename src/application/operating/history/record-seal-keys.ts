import { either as E } from 'fp-ts';
import { derivedId } from '../../kernel/writer/event-ids.js';
import { type EventStore, type RecordedEvent } from '../../ports/event-store.js';
import { type SealKey, type SealKeys, type SigningKey } from '../../ports/seal-keys.js';
import { isSealKeyEvent, SEAL_KEY_STREAM, type SealKeyRecorded } from './seal.js';

export interface RecordSealKeysPorts {
  readonly keys: SealKeys;
  readonly eventStore: Pick<EventStore, 'append' | 'readStream'>;
}

const PAGE = 1_000;
/** Processes that start together record the same keys. */
const TRIES = 3;

/** Every public key that ever signed, or is about to, in the order in which they were recorded. */
export const recordedKeys = async (
  eventStore: Pick<EventStore, 'readStream'>,
): Promise<E.Either<'EventStoreUnavailable', ReadonlyArray<SealKeyRecorded>>> => {
  const keys: SealKeyRecorded[] = [];
  for (let from = 0; ; from += PAGE) {
    const page = await eventStore.readStream(SEAL_KEY_STREAM, from, PAGE)();
    if (E.isLeft(page)) return page;
    keys.push(...page.right.flatMap(({ event }: RecordedEvent) => (isSealKeyEvent(event) ? [event] : [])));
    if (page.right.length < PAGE) return E.right(keys);
  }
};

const asEvent = ({ keyId, publicKey, notBefore, notAfter }: SealKey) => ({
  id: derivedId(`sealKey/${keyId}`),
  event: { type: 'SealKeyRecorded', keyId, publicKey, notBefore, notAfter },
  metadata: { correlationId: `seal-key-${keyId}` },
});

/** Keys are recorded when they are first seen, the next one long before it signs; what is recorded is remembered. */
export const recordSealKeys = ({ keys, eventStore }: RecordSealKeysPorts): SigningKey => {
  const recorded = new Set<string>();

  const record = async (known: ReadonlyArray<SealKey>): Promise<boolean> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await recordedKeys(eventStore);
      if (E.isLeft(before)) return false;
      for (const { keyId } of before.right) recorded.add(keyId);
      const missing = known.filter(({ keyId }) => !recorded.has(keyId));
      if (missing.length === 0) return true;
      await eventStore.append(SEAL_KEY_STREAM, before.right.length - 1, missing.map(asEvent))();
    }
    return false;
  };

  return async () => {
    const current = await keys.current()();
    if (E.isLeft(current)) return null;
    const { signing, known } = current.right;
    if (!known.every(({ keyId }) => recorded.has(keyId)) && !(await record(known)) && !recorded.has(signing.keyId))
      return null;
    return signing;
  };
};
