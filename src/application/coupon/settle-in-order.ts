import { either as E } from 'fp-ts';
import { type Coupon, evolve } from '../../domain/coupon/coupon.js';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { scopeOf } from '../../domain/coupon/request-scope.js';
import { askerOf, type CouponRejections, evolveRejections } from '../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRequestRejected } from '../../domain/coupon-rejections/events.js';
import {
  type IdentifiedRequest,
  requestOf,
  type Settlement,
  settleRequest,
  settleUnprocessable,
} from '../../domain/coupon-rejections/settle-request.js';
import { eventId } from '../handling/event-ids.js';
import { metadataOf } from '../handling/keyed-writing.js';
import { type GaveUp, patiently } from '../handling/patiently.js';
import { type SetAsideMessage } from '../handling/settle-keyed.js';
import { type EventToAppend } from '../ports/event-store.js';
import { type LoggedMessage } from '../ports/message-log.js';
import { couponRejectionsStream, couponStream } from './coupon-streams.js';
import { requestInHeaders } from './coupon-request-message.js';
import { type CouponOrder, readCouponMessage } from './read-coupon-message.js';

/** A message of the log, read once however often it is decided. */
export interface ReadMessage {
  readonly message: LoggedMessage;
  readonly order: E.Either<GaveUp, CouponOrder>;
}

export const readMessage = (message: LoggedMessage): ReadMessage => ({
  message,
  order: patiently(() => readCouponMessage(message)),
});

export interface CouponState {
  readonly coupon: Coupon;
  readonly rejections: CouponRejections;
}

/** What a run of messages leads to: nothing of it is written yet. */
export interface Settled extends CouponState {
  readonly granted: ReadonlyArray<EventToAppend<CouponEvent>>;
  readonly rejected: ReadonlyArray<EventToAppend<CouponRequestRejected>>;
  readonly setAside: ReadonlyArray<SetAsideMessage>;
}

export type SettleRequest = typeof settleRequest;

/** What makes the ids of a request's events: its scope, which for users is what it has always been. */
const requestKeyOf = (event: CouponEvent | CouponRequestRejected): string => {
  switch (event.type) {
    case 'CouponCreated':
      return '/';
    case 'CouponIssued':
      return scopeOf({ asks: 'ISSUE', userId: event.userId }, event.requestId);
    case 'CouponPaused':
    case 'CouponResumed':
    case 'CouponQuantityChanged':
      return scopeOf({ asks: 'OPERATION', actor: event.actor }, event.requestId);
    case 'CouponSaleOpened':
    case 'CouponSaleClosed':
      return `/${event.requestId}`;
    case 'CouponRequestRejected': {
      const scope = scopeOf(askerOf(event), event.requestId);
      // It may be asked and given up again, or be asked and rejected.
      return event.code === 'ABANDONED' ? `${scope}/abandoned/${event.at}` : scope;
    }
  }
};

/**
 * Decides the messages of one coupon, each on the state the one before it left. One that cannot be read, or makes
 * deciding fail, is set aside with a recorded answer; its neighbours do not notice.
 */
export const settleInOrder =
  (settle: SettleRequest = settleRequest) =>
  (couponId: string, messages: ReadonlyArray<ReadMessage>, { coupon, rejections }: CouponState): Settled => {
    const granted: EventToAppend<CouponEvent>[] = [];
    const rejected: EventToAppend<CouponRequestRejected>[] = [];
    const setAside: SetAsideMessage[] = [];
    const [couponEvents, rejectionEvents] = [couponStream(couponId), couponRejectionsStream(couponId)];

    const record = ({ settled, events }: Settlement, message: LoggedMessage): void => {
      if (settled === 'Before') return;
      const metadata = metadataOf(message);
      events.forEach((event, index) => {
        const requestKey = requestKeyOf(event);
        if (event.type === 'CouponRequestRejected') {
          rejected.push({ id: eventId(rejectionEvents, requestKey, index), event, metadata });
          rejections = evolveRejections(rejections, event);
        } else {
          granted.push({ id: eventId(couponEvents, requestKey, index), event, metadata });
          coupon = evolve(coupon, event);
        }
      });
    };

    const giveUp = (message: LoggedMessage, request: IdentifiedRequest | null, failure: GaveUp): void => {
      if (request === null) return void setAside.push({ message, ...failure });
      const settlement = settleUnprocessable(request, message.loggedAt, coupon, rejections);
      if (settlement.settled === 'Before') return;
      setAside.push({ message, ...failure });
      record(settlement, message);
    };

    for (const { message, order } of messages) {
      if (E.isLeft(order)) giveUp(message, requestInHeaders(message), order.left);
      else {
        const settlement = patiently(() => settle(order.right, coupon, rejections));
        if (E.isLeft(settlement)) giveUp(message, requestOf(order.right), settlement.left);
        else record(settlement.right, message);
      }
    }
    return { coupon, rejections, granted, rejected, setAside };
  };
