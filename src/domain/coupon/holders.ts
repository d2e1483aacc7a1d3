/**
 * Who holds a coupon, and by which request. Persistent: `set` returns a new version and does not change the old one. All versions
 * share one map, because holders are only ever added, at its end: a version consists of the first `size` entries. The newest
 * version, which decisions use, costs as much as a plain map; an older one copies its entries when it is read (a cheap form of
 * Baker's trick).
 */
export class Holders implements Iterable<readonly [userId: string, requestId: string]> {
  private constructor(
    private map: Map<string, string>,
    readonly size: number,
  ) {}

  static none(): Holders {
    return new Holders(new Map(), 0);
  }

  /** Takes the map over: it is not to be changed afterwards. */
  static of(known: Map<string, string>): Holders {
    return new Holders(known, known.size);
  }

  get(userId: string): string | undefined {
    return this.asItStood().get(userId);
  }

  has(userId: string): boolean {
    return this.asItStood().has(userId);
  }

  set(userId: string, requestId: string): Holders {
    const map = this.asItStood();
    // Replacing an entry would also change the older versions that share the map, so the map is copied first.
    const next = map.has(userId) ? new Map(map) : map;
    next.set(userId, requestId);
    return Holders.of(next);
  }

  /** Looks at all of them. */
  includes(requestId: string): boolean {
    for (const [, held] of this) if (held === requestId) return true;
    return false;
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    let left = this.size;
    for (const one of this.map) {
      if (left-- === 0) return;
      yield one;
    }
  }

  private asItStood(): Map<string, string> {
    if (this.map.size !== this.size) this.map = new Map(this);
    return this.map;
  }
}
