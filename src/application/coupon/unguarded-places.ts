import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { inTime } from '../kernel/in-time.js';
import { recentlyUsed } from '../kernel/recently-used.js';
import { type LoadAggregatePorts, readAggregate, whenUnreadable } from '../kernel/writer/load-aggregate.js';
import { type Clock } from '../ports/clock.js';
import { type Snapshots } from '../ports/snapshots.js';
import { couponAggregate, couponStream } from './coupon-aggregate.js';

/** How many are left of a coupon, by its events; none for a coupon that is not there. */
export type RemainingOf = (couponId: string) => TE.TaskEither<unknown, O.Option<number>>;

/**
 * Asks for a place while the gate is away. `Go`: it may be published, the writer decides. `Full`: as many as are left
 * were let through from here, and are not known to be decided.
 */
export type TakeUnguarded = (couponId: string) => Promise<'Go' | 'Full' | 'SoldOut' | 'NotFound'>;

/** Let through for a coupon that cannot be read. */
const MOST_UNKNOWN = 100;
/** After this, everything that was let through is decided. */
const RENEW_MS = 30_000;
const LOOK_AGAIN_MS = 2_000;
/** A request waits no longer than this to learn what is left. */
const WAIT_MS = 1_000;
const COUPONS = 1_000;

interface Allowance {
  readonly since: number;
  taken: number;
  /** Null until it was looked at. */
  left: number | null;
  finding: 'Open' | 'SoldOut' | 'NotFound';
  lookedAt: number;
  looking: Promise<void> | null;
}

/** Snapshots lie where the gate does: where it is away, asking for them is waiting for it. */
const noSnapshots: Snapshots = { save: () => TE.right(undefined), load: () => TE.right(O.none) };

/** What is left of a coupon, read from its events: for when there is no gate to ask. Never rejects for what they are. */
export const remainingOf = (ports: Omit<LoadAggregatePorts, 'snapshots'>): RemainingOf => {
  const read = readAggregate({ ...ports, snapshots: noSnapshots });
  return (couponId) => async () => {
    const found = await read(couponAggregate, couponStream(couponId))().catch(
      whenUnreadable(() => E.left('Unreadable' as const)),
    );
    if (E.isLeft(found)) return found;
    const { state } = found.right;
    return E.right(state.status === 'Unknown' ? O.none : O.some(Math.max(0, state.quantity - state.holders.size)));
  };
};

/**
 * Limits what one process accepts while the gate is away: for each coupon, in each half minute, as many requests as there were
 * coupons left at its beginning, or more if more are left later. Otherwise the log and the writer would have to handle every request, and
 * a gate that is slow because the machine is busy would become even slower.
 */
export const unguardedPlaces = (remaining: RemainingOf, clock: Clock): TakeUnguarded => {
  const now = clock.elapsed;
  const allowances = recentlyUsed<string, Allowance>(COUPONS);

  const allowanceOf = (couponId: string): Allowance => {
    const known = allowances.get(couponId);
    if (known !== undefined && now() < known.since + RENEW_MS) return known;
    const fresh: Allowance = { since: now(), taken: 0, left: null, finding: 'Open', lookedAt: 0, looking: null };
    allowances.set(couponId, fresh);
    return fresh;
  };
  const look = async (couponId: string, allowance: Allowance): Promise<void> => {
    const found = await remaining(couponId)();
    allowance.lookedAt = now();
    if (E.isLeft(found)) return void (allowance.left ??= MOST_UNKNOWN);
    if (O.isNone(found.right)) allowance.finding = 'NotFound';
    else allowance.finding = found.right.value === 0 ? 'SoldOut' : 'Open';
    // More than at first: its quantity was raised, or it was created meanwhile.
    allowance.left = Math.max(allowance.left ?? 0, O.getOrElse(() => 0)(found.right));
  };
  const lookOnce = (couponId: string, allowance: Allowance): Promise<void> =>
    look(couponId, allowance).finally(() => (allowance.looking = null));
  const isToLook = ({ left, taken, finding, lookedAt }: Allowance): boolean =>
    left === null || ((taken >= left || finding !== 'Open') && now() > lookedAt + LOOK_AGAIN_MS);

  return async (couponId) => {
    const allowance = allowanceOf(couponId);
    if (isToLook(allowance)) await inTime(clock, WAIT_MS, (allowance.looking ??= lookOnce(couponId, allowance)));
    if (allowance.finding !== 'Open') return allowance.finding;
    if (allowance.taken >= (allowance.left ?? MOST_UNKNOWN)) return 'Full';
    allowance.taken += 1;
    return 'Go';
  };
};
