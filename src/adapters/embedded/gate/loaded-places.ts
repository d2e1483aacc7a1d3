import { either as E, option as O } from 'fp-ts';
import { whileUsed } from '../../../application/kernel/recently-used.js';
import { type GateChange, type GateState, type LoadGateState } from '../../../application/ports/admission-gate.js';
import { follow, type Places } from './places.js';

type CouponChange = Exclude<GateChange, { change: 'Rejected' }>;

export interface LoadedPlaces {
  /** From memory alone. */
  readonly known: (couponId: string) => Places | undefined;
  /** From events; callers who ask meanwhile wait for the same answer. Null: there is no such coupon. */
  readonly load: (couponId: string) => Promise<E.Either<'GateUnavailable', Places | null>>;
  /** A gap forgets the coupon. */
  readonly apply: (changes: ReadonlyArray<GateChange>) => void;
  readonly forget: (couponId: string) => void;
}

/** Holders taken in at once: a few milliseconds, so that a million of them never stall the rest of the process. */
const SLICE = 10_000;

const placesOf = async (state: GateState): Promise<Places> => {
  const holders = new Map<string, string>();
  let taken = 0;
  for (const [user, request] of state.holders) {
    holders.set(user, request);
    if (++taken % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const { revision, quantity, opensAt, closesAt, usableUntil = null, status, sale } = state;
  return { revision, quantity, opensAt, closesAt, usableUntil, status, sale, holders };
};

/**
 * The coupons asked for lately, as their events say; at most `most` holders in all. What does not exist is not
 * remembered: made-up ids take no memory. One that does not change for `idleMs` is forgotten.
 */
interface LoadedPlacesOptions {
  readonly loadState: LoadGateState;
  readonly most: number;
  readonly onLoaded: (couponId: string, places: Places) => void;
  readonly idleMs: number;
  /** Told once of a coupon whose events cannot be read, until they can. */
  readonly onUnreadable: (couponId: string, error: unknown) => void;
}

export const loadedPlaces = ({
  loadState,
  most,
  onLoaded,
  idleMs,
  onUnreadable,
}: LoadedPlacesOptions): LoadedPlaces => {
  const loaded = whileUsed<string, Places>({ most, idleMs, sizeOf: ({ holders }) => holders.size + 1 });
  /** What happened to a coupon while it is being loaded, to be applied to what the load finds. */
  const loading = new Map<
    string,
    { readonly missed: CouponChange[]; readonly result: ReturnType<LoadedPlaces['load']> }
  >();

  const unreadable = new Set<string>();

  const apply = (changes: ReadonlyArray<GateChange>): void => {
    const changed = new Map<string, Places>();
    for (const change of changes) {
      if (change.change === 'Rejected') continue;
      const { couponId } = change;
      loading.get(couponId)?.missed.push(change);
      const places = changed.get(couponId) ?? loaded.get(couponId);
      if (places === undefined) continue;
      const followed = follow(places, change);
      if (followed === 'Applied') changed.set(couponId, places);
      if (followed === 'Gap') {
        changed.delete(couponId);
        loaded.delete(couponId);
      }
    }
    // The cache computes the size of an entry only when it is set, not when it grows: set it again.
    for (const [couponId, places] of changed) {
      loaded.delete(couponId);
      loaded.set(couponId, places);
    }
  };

  const start = async (couponId: string, missed: CouponChange[]): ReturnType<LoadedPlaces['load']> => {
    try {
      const found = await loadState(couponId)();
      if (E.isLeft(found)) return E.left('GateUnavailable');
      if (O.isNone(found.right)) return E.right(null);
      const places = await placesOf(found.right.value);
      for (const change of missed) {
        // Something recorded is missing in both: what was read is older than what was told. The next one asking loads it.
        if (follow(places, change) === 'Gap') return E.left('GateUnavailable');
      }
      loaded.set(couponId, places);
      unreadable.delete(couponId);
      onLoaded(couponId, places);
      return E.right(places);
    } catch (error) {
      // The coupon's writer decides alone, and the next request loads it again.
      if (!unreadable.has(couponId)) onUnreadable(couponId, error);
      unreadable.add(couponId);
      return E.left('GateUnavailable');
    } finally {
      loading.delete(couponId);
    }
  };

  return {
    known: (couponId) => loaded.get(couponId),
    load: (couponId) => {
      const running = loading.get(couponId);
      if (running !== undefined) return running.result;
      const missed: CouponChange[] = [];
      const result = Promise.resolve().then(() => start(couponId, missed));
      loading.set(couponId, { missed, result });
      return result;
    },
    apply,
    forget: (couponId) => void loaded.delete(couponId),
  };
};
