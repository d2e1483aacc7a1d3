import { either as E } from 'fp-ts';
import { type EventStore, BEGINNING, NO_STREAM } from '../../application/ports/event-store.js';
import { NAMESPACES_STREAM } from './record.js';

export interface Shops {
  /** Their namespaces. */
  readonly named: ReadonlyArray<string>;
  /** Whether one has none, and reads all events. */
  readonly hasUnnamed: boolean;
}
const MOST = 1000;
/** Every shop without a namespace that has sold something has this stream. */
const SIGN_OF_A_SHOP = 'seals-history';
/** Who is in this store, by its own names of streams. Left while it cannot be read. */
export const shopsIn = async (store: EventStore): Promise<E.Either<'EventStoreUnavailable', Shops>> => {
  const taken = await store.readStream(NAMESPACES_STREAM, 0, MOST)();
  if (E.isLeft(taken)) return taken;
  const sign = await store.lastRevision(SIGN_OF_A_SHOP)();
  if (E.isLeft(sign)) return sign;
  const named = taken.right.flatMap(({ event }) =>
    'namespace' in event && typeof event.namespace === 'string' ? [event.namespace] : [],
  );
  return E.right({ named: [...new Set(named)], hasUnnamed: sign.right > BEGINNING });
};
/** Writes down that a shop of this namespace is here from now on. Two that begin at once write one after the other. */
export const addShop = async (store: EventStore, namespace: string, id: string): Promise<E.Either<string, void>> => {
  for (;;) {
    const last = await store.lastRevision(NAMESPACES_STREAM)();
    if (E.isLeft(last)) return last;
    const taken = { type: 'NamespaceTaken', namespace };
    const added = await store.append(NAMESPACES_STREAM, Math.max(last.right, NO_STREAM), [
      { id, event: taken, metadata: { correlationId: id } },
    ])();
    if (E.isRight(added)) return E.right(undefined);
    if (added.left !== 'RevisionConflict') return added;
  }
};
