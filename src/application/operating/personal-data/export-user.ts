import { either as E, type taskEither as TE } from 'fp-ts';
import { type OrdersOfUser } from '../../checkout/order/find-orders.js';
import { type OrderSeen } from '../../checkout/order/order-seen.js';
import { type FindPoints, type PointsOfUser } from '../../checkout/points/points-of-user.js';
import { type CouponOfUser, type CouponsOfUser } from '../../coupon/coupons-of-user.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { type LivePage, type PageWanted } from '../../kernel/projection/live-reader.js';
import { type Clock } from '../../ports/clock.js';
import { type Act, type ActsAbout } from '../audit-trail/acts-view.js';
import { aboutOrder, aboutUser } from '../audit-trail/acts.js';
import { type TimelineEntry } from '../timeline/timeline-entry.js';
import { type TimelineOfUser } from '../timeline/timeline-of-user.js';

/** Everything there is about a person. */
export interface ExportedUser {
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly exportedAt: number;
  /** With their payments. What was erased is null in them. */
  readonly orders: ReadonlyArray<OrderSeen>;
  readonly coupons: ReadonlyArray<CouponOfUser>;
  readonly points: PointsOfUser;
  /** Places in queues, payments, points, deliveries, and what they were told of it: everything, in order. */
  readonly happened: ReadonlyArray<TimelineEntry>;
  /** What operators and services changed of theirs. */
  readonly acts: ReadonlyArray<Act>;
  /** Lists that are longer than one answer may be; the rest is had page by page elsewhere. */
  readonly cut: ReadonlyArray<'orders' | 'coupons' | 'happened' | 'acts'>;
}

export type ExportUser = (
  userId: string,
) => TE.TaskEither<{ readonly code: 'USER_NOT_FOUND' | 'UNAVAILABLE' }, ExportedUser>;

export interface ExportUserPorts {
  readonly ordersOfUser: OrdersOfUser;
  readonly couponsOfUser: CouponsOfUser;
  readonly pointsOfUser: FindPoints;
  readonly timelineOfUser: TimelineOfUser;
  readonly actsAbout: ActsAbout;
  readonly clock: Pick<Clock, 'now'>;
}

/** Entries of one list: some megabytes. */
const MOST = 10_000;
const PAGE = 500;

type Ask<A> = (page: PageWanted) => TE.TaskEither<{ readonly code: string }, LivePage<A>>;

const all = async <A>(pageOf: Ask<A>): Promise<{ readonly items: ReadonlyArray<A>; readonly isCut: boolean }> => {
  const items: A[] = [];
  for (let cursor: string | null | undefined; cursor !== null && items.length < MOST;) {
    const page: LivePage<A> = await orAway(pageOf({ limit: PAGE, ...(cursor && { cursor }) }));
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor !== null && items.length >= MOST) return { items, isCut: true };
  }
  return { items, isCut: false };
};

export const exportUser =
  (ports: ExportUserPorts): ExportUser =>
  (userId) =>
    unlessAway(async () => {
      const orders = await all((page) => ports.ordersOfUser({ userId, ...page }));
      const coupons = await all((page) => ports.couponsOfUser({ userId, ...page }));
      const happened = await all((page) => ports.timelineOfUser({ userId, ...page }));
      if (orders.items.length + coupons.items.length + happened.items.length === 0)
        return E.left({ code: 'USER_NOT_FOUND' });
      const points = await orAway(ports.pointsOfUser(userId));
      const subjects = [aboutUser(userId), ...orders.items.map(({ orderId }) => aboutOrder(orderId))];
      const acts: Act[] = [];
      for (const subject of subjects) {
        if (acts.length >= MOST) break;
        acts.push(...(await all((page) => ports.actsAbout({ subject, ...page }))).items);
      }
      const lists = { orders, coupons, happened, acts: { items: acts, isCut: acts.length >= MOST } };
      const cut = (['orders', 'coupons', 'happened', 'acts'] as const).filter((name) => lists[name].isCut);
      return E.right({
        userId,
        exportedAt: ports.clock.now(),
        orders: orders.items,
        coupons: coupons.items,
        points,
        happened: happened.items,
        acts: acts.toSorted((one, other) => one.at - other.at),
        cut,
      });
    });
