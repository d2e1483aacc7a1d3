import { type CouponEvent, type CouponIssued } from '../../../domain/coupon/events.js';
import { type CouponRequestRejected } from '../../../domain/coupon-rejections/events.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type Check, rule } from './check.js';

/** What the events of a coupon say, and whether they obey its rules. A million holders are one map. */
export interface EventAudit {
  readonly see: (recorded: RecordedEvent<CouponEvent>) => void;
  readonly seeRejection: (recorded: RecordedEvent<CouponRequestRejected>) => void;
  /** Whether this request has its final answer. A null user is an operator, or nobody knows whose it is. */
  readonly isAnswered: (userId: string | null, requestId: string) => boolean;
  readonly issued: () => number;
  readonly rejected: () => number;
  readonly quantity: () => number;
  readonly checks: () => ReadonlyArray<Check>;
}

/** No id contains a slash. */
const keyOf = (userId: string | null, requestId: string): string => `${userId ?? ''}/${requestId}`;

export const auditEvents = (): EventAudit => {
  const created = rule('the coupon was created before anything else happened to it');
  const within = rule('issued never exceeds the quantity, at any moment');
  const onePerUser = rule('one per user');
  const gapless = rule('places are 1, 2, 3 … without gaps');
  const whileOpen = rule('issued only while its event was open');
  const inOrder = rule('issued in the order of acceptance');
  const answeredOnce = rule('no request is both issued and rejected');

  const holders = new Map<string, string>();
  const rejections = new Set<string>();
  const operations = new Set<string>();
  const lastOffsets = new Map<string, number>();
  let quantity = 0;
  let issued = 0;
  let isCreated = false;
  let isOnSale = true;

  const seeIssue = ({ userId, requestId, place }: CouponIssued, { metadata: { source } }: RecordedEvent): void => {
    issued++;
    if (issued > quantity) within.offend(() => `${userId} got number ${issued} of ${quantity}`);
    if (holders.has(userId))
      onePerUser.offend(() => `${userId} got one for ${holders.get(userId)} and for ${requestId}`);
    if (!isOnSale) whileOpen.offend(() => `${userId} got number ${issued} while the event was not open`);
    if (place !== issued) gapless.offend(() => `${userId} got place ${place} as number ${issued}`);
    holders.set(userId, requestId);
    if (source === undefined) return;
    const partition = `${source.topic}/${source.partition}`;
    const before = lastOffsets.get(partition) ?? -1;
    if (source.offset <= before)
      inOrder.offend(
        () => `place ${place} was accepted at ${partition}@${source.offset}, after one accepted at ${before}`,
      );
    lastOffsets.set(partition, Math.max(before, source.offset));
  };

  return {
    see: (recorded) => {
      const { event } = recorded;
      if (!isCreated && event.type !== 'CouponCreated') created.offend(() => `${event.type} came first`);
      switch (event.type) {
        case 'CouponCreated':
          if (isCreated) created.offend(() => 'It was created twice');
          isCreated = true;
          quantity = event.quantity;
          isOnSale = event.eventId === null;
          return;
        case 'CouponIssued':
          return seeIssue(event, recorded);
        case 'CouponQuantityChanged':
          if (event.quantity < issued)
            within.offend(() => `the quantity was set to ${event.quantity} with ${issued} issued`);
          quantity = event.quantity;
          operations.add(event.requestId);
          return;
        case 'CouponPaused':
        case 'CouponResumed':
          operations.add(event.requestId);
          return;
        case 'CouponSaleOpened':
        case 'CouponSaleClosed':
          isOnSale = event.type === 'CouponSaleOpened';
      }
    },
    seeRejection: ({ event: { userId, requestId, code } }) => {
      rejections.add(keyOf(userId, requestId));
      if (userId !== null && holders.get(userId) === requestId)
        answeredOnce.offend(() => `${requestId} of ${userId} was issued, and rejected with ${code}`);
    },
    isAnswered: (userId, requestId) =>
      (userId === null ? operations.has(requestId) : holders.get(userId) === requestId) ||
      rejections.has(keyOf(userId, requestId)) ||
      rejections.has(keyOf(null, requestId)),
    issued: () => issued,
    rejected: () => rejections.size,
    quantity: () => quantity,
    checks: () => [
      created.check(isCreated ? 'created' : 'there are only rejections'),
      within.check(`${issued} of ${quantity}`),
      onePerUser.check(`${holders.size} users`),
      gapless.check(issued === 0 ? 'none issued' : `1 to ${issued}`),
      whileOpen.check(isOnSale ? 'on sale' : 'not on sale'),
      inOrder.check(`${issued} issued from ${lastOffsets.size} partition(s) of the log`),
      answeredOnce.check(`${issued} issued, ${rejections.size} rejected`),
    ],
  };
};
