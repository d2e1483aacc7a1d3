/** The keys of a product. All carry one hash tag: the lines of an order are reserved in one step, on a cluster too. */
export interface ProductKeys {
  /** Hash: revision, onHand, held (the sum over the holds, worked out anew whenever they change). Missing: not loaded. */
  readonly terms: string;
  /** Hash: order → quantity, of everything held by the events. */
  readonly holds: string;
  /** Hash: order → `quantity:until`, reserved here and not known to be decided. */
  readonly pending: string;
  /** The newest revision seen, loaded or not: what was read before it is too old to be installed. */
  readonly seen: string;
}

export const productKeys = (productId: string): ProductKeys => ({
  terms: `{stock}:${productId}:terms`,
  holds: `{stock}:${productId}:holds`,
  pending: `{stock}:${productId}:pending`,
  seen: `{stock}:${productId}:seen`,
});

/** The order in which every script of the stock gate takes them. */
export const inOrder = ({ terms, holds, pending, seen }: ProductKeys): ReadonlyArray<string> => [
  terms,
  holds,
  pending,
  seen,
];

/** A product nobody asks for is forgotten by Redis after a day. */
export const KEEP_MS = 24 * 60 * 60 * 1_000;
