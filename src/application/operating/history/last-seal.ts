import { either as E } from 'fp-ts';
import { type Digest } from '../../kernel/history/merkle-tree.js';
import { BEGINNING, type EventStore, NO_STREAM, type Position, type Revision } from '../../ports/event-store.js';
import { endOf, sealAt, type SealedEventsPorts, type SealError } from './end-of-seal.js';
import { digestOfSeal, NO_SEAL, SEAL_STREAM } from './seal.js';

export interface LastSealPorts extends SealedEventsPorts {
  readonly eventStore: Pick<EventStore, 'readStream' | 'lastRevision'>;
}

/** Where sealing goes on. */
export interface LastSeal {
  readonly revision: Revision;
  readonly digest: Digest;
  /** Everything up to here is sealed. */
  readonly position: Position;
}

export const lastSeal = async (ports: LastSealPorts): Promise<E.Either<SealError, LastSeal>> => {
  const revision = await ports.eventStore.lastRevision(SEAL_STREAM)();
  if (E.isLeft(revision)) return revision;
  if (revision.right === NO_STREAM) return E.right({ revision: NO_STREAM, digest: NO_SEAL, position: BEGINNING });
  const last = await sealAt(ports.eventStore, revision.right);
  if (E.isLeft(last)) return last;
  const position = await endOf(ports, last.right);
  if (E.isLeft(position)) return position;
  return E.right({ revision: revision.right, digest: digestOfSeal(last.right.event), position: position.right });
};
