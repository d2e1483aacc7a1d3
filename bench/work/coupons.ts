import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { couponAggregate, couponStream } from '../../src/application/coupon/coupon-aggregate.js';
import { eventId } from '../../src/application/kernel/writer/event-ids.js';
import {
  type EventStore,
  type EventToAppend,
  NO_STREAM,
  type Revision,
} from '../../src/application/ports/event-store.js';
import { type Coupon, evolve } from '../../src/domain/coupon/coupon.js';
import { type CouponCommand, couponDecider } from '../../src/domain/coupon/decider.js';
import { type CouponEvent } from '../../src/domain/coupon/events.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { must } from './container.js';

const APPEND = 1_000;

export const userOf = (n: number): string => `user-${n}`;
/** As long as the ids the server gives. */
export const requestOf = (couponId: string, n: number): string =>
  `018f3a3e-7b1c-7000-8000-${String(n).padStart(12, '0')}-${couponId}`.slice(0, 64);

/** The same of a moment: like the ids the server gives it begins with its time, so later ones lie behind earlier ones on disk. */
const requestAt = (at: number, n: number): string => {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(n).padStart(12, '0')}`;
};

const toAppend = (
  couponId: string,
  event: CouponEvent,
  n: number,
  correlationId: string,
): EventToAppend<CouponEvent> => ({
  id: eventId(couponStream(couponId), String(n), 0),
  event,
  metadata: { correlationId, source: { topic: 'coupon-issue-requests', partition: 0, offset: n } },
});

const toCreate = (couponId: string, { quantity, at = 0, closesAt }: Sale): CouponCommand => ({
  type: 'CreateCoupon',
  couponId,
  name: 'Bench',
  quantity,
  discount: { kind: 'PERCENT', value: 10 },
  opensAt: null,
  closesAt: closesAt ?? null,
  eventId: null,
  at,
});

const toIssue = (couponId: string, n: number, requestId: string, at: number): CouponCommand => ({
  type: 'IssueCoupon',
  couponId,
  userId: userOf(n),
  requestId,
  at,
});

const decided = (command: CouponCommand, coupon: Coupon): CouponEvent => {
  const events = couponDecider.decide(command, coupon);
  if (E.isLeft(events) || events.right[0] === undefined) throw new Error(JSON.stringify(events));
  return events.right[0];
};

interface Sale {
  readonly holders: number;
  readonly quantity: number;
  /** When it is created and sold, epoch milliseconds. */
  readonly at?: number;
  readonly closesAt?: number;
}

/** The events of a coupon with so many holders, decided by its own rules and appended as its writer would. */
export const appendCoupon = async (
  store: Pick<EventStore, 'append'>,
  couponId: string,
  sale: Sale,
): Promise<{ readonly revision: Revision; readonly coupon: Coupon }> => {
  const { holders, at } = sale;
  const streamId = couponStream(couponId);
  let revision: Revision = NO_STREAM;
  let coupon: Coupon = couponAggregate.initial;
  for (let from = 0; from <= holders; from += APPEND) {
    const events: EventToAppend<CouponEvent>[] = [];
    for (let n = from; n < Math.min(from + APPEND, holders + 1); n++) {
      const requestId = at === undefined ? requestOf(couponId, n) : requestAt(at + n, n);
      const command = n === 0 ? toCreate(couponId, sale) : toIssue(couponId, n, requestId, (at ?? 0) + n);
      const event = decided(command, coupon);
      coupon = evolve(coupon, event);
      events.push(toAppend(couponId, event, n, requestId));
    }
    ({ revision } = await must(store.append(streamId, revision, events)));
  }
  return { revision, coupon };
};

/** The same in the store of the product; when wanted with its snapshot. */
export const fillCoupon = async (
  container: Container,
  couponId: string,
  { snapshot, ...sale }: Sale & { readonly snapshot: boolean },
): Promise<void> => {
  const { revision, coupon } = await appendCoupon(container.get(Tokens.EventStore), couponId, sale);
  const streamId = couponStream(couponId);
  const codec = couponAggregate.snapshots;
  if (!snapshot || codec === null) return;
  const pieces = codec.encode(coupon);
  async function* chunks() {
    yield* pieces;
  }
  await must(container.get(Tokens.Snapshots).save({ streamId, version: codec.version, revision, chunks: chunks() }));
};
