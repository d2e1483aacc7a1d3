import { hash } from 'node:crypto';

/** SHA-256 in hex, as everything in this tree. */
export type Digest = string;

/** As in RFC 6962: no leaf can be mistaken for a node. */
const LEAF = '\0';
const NODE = '01';

export const leafOf = (text: string): Digest => hash('sha256', LEAF + text, 'hex');

export const nodeOf = (left: Digest, right: Digest): Digest =>
  hash('sha256', Buffer.from(NODE + left + right, 'hex'), 'hex');

/** A tree without leaves. */
const EMPTY_ROOT: Digest = hash('sha256', '', 'hex');

const above = (level: ReadonlyArray<Digest>): ReadonlyArray<Digest> => {
  const nodes: Digest[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left = EMPTY_ROOT, right] = [level[at], level[at + 1]];
    nodes.push(right === undefined ? left : nodeOf(left, right));
  }
  return nodes;
};

/** A Merkle tree (RFC 6962): pairs from the left; a node without a partner moves up unchanged. */
export interface MerkleTree {
  readonly root: Digest;
  /** The partners of a leaf on the way up, from below. */
  readonly pathOf: (index: number) => ReadonlyArray<Digest>;
  /** The paths of all leaves, each as one text; parts that neighbours share are joined once. */
  readonly paths: () => ReadonlyArray<string>;
}

export const merkleTree = (leaves: ReadonlyArray<Digest>): MerkleTree => {
  const levels = [leaves];
  for (let level = leaves; level.length > 1;) levels.push((level = above(level)));
  return {
    root: levels.at(-1)?.[0] ?? EMPTY_ROOT,
    paths: () =>
      levels.reduceRight<ReadonlyArray<string>>(
        (upper, level) => level.map((_, index) => (level[index ^ 1] ?? '') + (upper[index >> 1] ?? '')),
        [],
      ),
    pathOf: (index) => levels.flatMap((level, height) => level[(index >> height) ^ 1] ?? []),
  };
};

/** The root of a tree of `size` leaves that has this leaf at `index`, if `path` is its path; null if it cannot be. */
export const rootFrom = (leaf: Digest, index: number, size: number, path: ReadonlyArray<Digest>): Digest | null => {
  if (!Number.isInteger(index) || index < 0 || index >= size) return null;
  let [node, at, used] = [leaf, index, 0];
  for (let width = size; width > 1; width = (width + 1) >> 1, at >>= 1) {
    const isAlone = at % 2 === 0 && at + 1 >= width;
    if (isAlone) continue;
    const partner = path[used++];
    if (partner === undefined) return null;
    node = at % 2 === 0 ? nodeOf(node, partner) : nodeOf(partner, node);
  }
  return used === path.length ? node : null;
};
