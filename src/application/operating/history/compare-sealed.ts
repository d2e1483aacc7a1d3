import { type Digest, merkleTree } from '../../kernel/history/merkle-tree.js';
import { type Position, type Revision } from '../../ports/event-store.js';
import { type HistorySealed, SHOWN_DIGITS } from './seal.js';

/** An event as it stands in the store. */
export interface Standing {
  readonly leaf: Digest;
  readonly id: string;
  readonly streamId: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** What was done to the first event that is not as it was sealed. */
export type Damage = 'CHANGED' | 'LEFT_OUT' | 'PUT_IN' | 'MOVED';

export interface HistoryFault {
  readonly damage: Damage;
  /** The number of the seal, from 0. */
  readonly seal: number;
  /** The event, or the one that stands where it was left out; null at the end of the history. */
  readonly event: Omit<Standing, 'leaf'> | null;
  readonly detail: string;
}

export type Compared =
  | {
      readonly isAsSealed: true;
      /** How many of the events given are of this seal. */
      readonly used: number;
      /** How many more the store dropped after their time. */
      readonly dropped: number;
      readonly leaves: ReadonlyArray<Digest>;
    }
  | { readonly isAsSealed: false; readonly fault: HistoryFault };

/** Of an event that the store may drop after some time. */
export const isWhole = (leaf: string): boolean => leaf.length > SHOWN_DIGITS;

const nameOf = ({ streamId, revision, position }: Standing): string =>
  `event ${revision} of ${streamId} at position ${position}`;

const withoutLeaf = ({ leaf: _, ...event }: Standing): HistoryFault['event'] => event;

/** `there` is in the place of the event sealed as `expected`; `behind` and `later` follow each of them. */
const faultAt = (
  seal: number,
  [there, ...behind]: ReadonlyArray<Standing>,
  [expected, ...later]: ReadonlyArray<string>,
): HistoryFault => {
  if (there === undefined)
    return { damage: 'LEFT_OUT', seal, event: null, detail: 'the last events of the history were left out' };
  const isSealedLater = later.some((leaf) => there.leaf.startsWith(leaf));
  const standsBehind = expected !== undefined && behind.some(({ leaf }) => leaf.startsWith(expected));
  const fault = (damage: Damage, detail: string): HistoryFault => ({
    damage,
    seal,
    event: withoutLeaf(there),
    detail,
  });
  if (isSealedLater && standsBehind)
    return fault('MOVED', `${nameOf(there)} stands in another order than it was sealed`);
  if (isSealedLater) return fault('LEFT_OUT', `before ${nameOf(there)} an event was left out`);
  if (standsBehind) return fault('PUT_IN', `${nameOf(there)} was put in`);
  return fault('CHANGED', `${nameOf(there)} was changed`);
};

/**
 * Compares the events in the store with a seal. `standing` begins with the first event that no earlier seal has, and contains
 * more events than the seal if there are more.
 */
export const compareSealed = (
  seal: number,
  { leaves: expected, root }: HistorySealed,
  standing: ReadonlyArray<Standing>,
): Compared => {
  const leaves: Digest[] = [];
  let used = 0;
  for (const [index, leaf] of expected.entries()) {
    const there = standing[used];
    if (there?.leaf.startsWith(leaf) === true) {
      leaves.push(there.leaf);
      used++;
    } else if (isWhole(leaf) && !standing.slice(used).some((event) => event.leaf === leaf)) leaves.push(leaf);
    else return { isAsSealed: false, fault: faultAt(seal, standing.slice(used), expected.slice(index)) };
  }
  if (merkleTree(leaves).root === root) return { isAsSealed: true, used, dropped: expected.length - used, leaves };
  // Somebody who changed the event has changed the list in the seal as well.
  const [first = null] = standing;
  const event = first && withoutLeaf(first);
  return {
    isAsSealed: false,
    fault: { damage: 'CHANGED', seal, event, detail: `one of ${expected.length} events was changed, or left out` },
  };
};
