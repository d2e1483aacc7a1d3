import { either as E } from 'fp-ts';
import { orAway } from '../../kernel/audit/away.js';
import { leafOfEvent } from '../../kernel/history/history-chain.js';
import { type Digest, merkleTree } from '../../kernel/history/merkle-tree.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Standing, compareSealed } from './compare-sealed.js';
import { type SealedEventsPorts, type RecordedSeal, endOf } from './end-of-seal.js';
import { type Seal, type HistorySealed, SEAL_STREAM, SHOWN_DIGITS, isSealEvent } from './seal.js';

/** Where an event stands in a seal. Path: the digests of RFC 6962 from below, each in base64url. */
export interface Proof {
  readonly index: number;
  readonly path: ReadonlyArray<string>;
  readonly seal: Seal;
}
interface Proved {
  /** By the ids of the events. */
  readonly proofs: ReadonlyMap<string, Proof>;
  /** Up to here everything is sealed: what stands there and has no proof is not as it was, or not where it was. */
  readonly sealedUpTo: Position;
}
const SEALS = 50;
const BATCH = 500;
const sealOf = ({ type: _, leaves: __, end: ___, ...seal }: HistorySealed): Seal => seal;
/** The events of a seal as they were sealed; null where they are not as they were. */
const sealedLeaves = async (
  ports: SealedEventsPorts,
  seal: RecordedSeal,
  before: RecordedSeal | null,
): Promise<ReadonlyArray<Digest> | null> => {
  const end = before === null ? BEGINNING : await orAway(() => endOf(ports, before));
  const standing: Standing[] = [];
  for (let position = end; standing.length < seal.event.count;) {
    const batch = await orAway(ports.feed.read(position, { batchSize: BATCH }));
    for (const event of batch.events)
      if (event.streamId !== SEAL_STREAM) standing.push({ ...event, leaf: leafOfEvent(event) });
    if (batch.caughtUp) break;
    position = batch.position;
  }
  const compared = compareSealed(seal.revision, seal.event, standing);
  return compared.isAsSealed ? compared.leaves : null;
};
/**
 * Proofs that these events are in the history. An event that is not sealed yet has none; nor has one of a seal whose events are
 * no longer as they were sealed. For `unlessAway`.
 */
export const proveEvents = async (ports: SealedEventsPorts, events: ReadonlyArray<RecordedEvent>): Promise<Proved> => {
  const wanted = new Map(events.map((event) => [leafOfEvent(event).slice(0, SHOWN_DIGITS), event.id]));
  const proofs = new Map<string, Proof>();
  let before: RecordedSeal | null = null;
  for (let from = 0; proofs.size < wanted.size;) {
    const page: ReadonlyArray<RecordedEvent> = await orAway(ports.eventStore.readStream(SEAL_STREAM, from, SEALS));
    for (const { event, revision, position } of page) {
      if (!isSealEvent(event)) continue;
      const recorded = { event, revision, position };
      if (event.leaves.some((leaf) => wanted.has(leaf.slice(0, SHOWN_DIGITS)))) {
        const leaves = await sealedLeaves(ports, recorded, before);
        const { pathOf } = merkleTree(leaves ?? []);
        for (const [index, leaf] of (leaves ?? []).entries()) {
          const id = wanted.get(leaf.slice(0, SHOWN_DIGITS));
          const path = pathOf(index).map((digest) => Buffer.from(digest, 'hex').toString('base64url'));
          if (id !== undefined) proofs.set(id, { index, path, seal: sealOf(event) });
        }
      }
      before = recorded;
    }
    if (page.length < SEALS) break;
    from += page.length;
  }
  const end = before === null ? null : await endOf(ports, before);
  return { proofs, sealedUpTo: end !== null && E.isRight(end) ? end.right : BEGINNING };
};
