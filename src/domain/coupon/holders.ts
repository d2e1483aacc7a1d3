/**
 * Who holds a coupon, and by which request. Persistent: one more leaves what was as it is. All versions share one map, for
 * holders only come, each behind those before: a version is the first so many of the map. The newest, the one that is
 * decided upon, costs what a plain map costs; an older one that is asked makes itself a copy (Baker's trick, the cheap way
 * round).
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
    // To replace is not to come: that would show in the versions before.
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
