import { Map as PersistentMap } from 'immutable';

/**
 * Who holds a coupon, and by which request. Persistent: one more is one step, and leaves what was as it is; a million
 * are never copied. Those known from the beginning stand in a plain map that nobody changes any more, which takes a
 * fraction of the time to build and of the memory of a persistent one.
 */
export class Holders implements Iterable<readonly [userId: string, requestId: string]> {
  private constructor(
    private readonly known: ReadonlyMap<string, string>,
    private readonly since: PersistentMap<string, string>,
    readonly size: number,
  ) {}

  static readonly none = new Holders(new Map(), PersistentMap(), 0);

  /** Takes the map over: it is not to be changed afterwards. */
  static of(known: ReadonlyMap<string, string>): Holders {
    return new Holders(known, PersistentMap(), known.size);
  }

  get(userId: string): string | undefined {
    return this.since.get(userId) ?? this.known.get(userId);
  }

  has(userId: string): boolean {
    return this.since.has(userId) || this.known.has(userId);
  }

  set(userId: string, requestId: string): Holders {
    return new Holders(this.known, this.since.set(userId, requestId), this.has(userId) ? this.size : this.size + 1);
  }

  /** Looks at all of them. */
  includes(requestId: string): boolean {
    for (const [, held] of this) if (held === requestId) return true;
    return false;
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    for (const one of this.known) if (!this.since.has(one[0])) yield one;
    yield* this.since;
  }
}
