import { either as E } from 'fp-ts';
import { type Coupon, evolve } from '../../domain/coupon/coupon.js';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { scopeOf } from '../../domain/coupon/request-scope.js';
import {
  askerOf,
  askerOfWithdrawn,
  type CouponRejections,
  evolveRejections,
} from '../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionEvent, type CouponRejectionWithdrawn } from '../../domain/coupon-rejections/events.js';
import {
  type IdentifiedRequest,
  requestOf,
  type Settlement,
  settleRequest,
  settleUnprocessable,
  withdrawal,
} from '../../domain/coupon-rejections/settle-request.js';
import { eventId } from '../kernel/writer/event-ids.js';
import { metadataOf } from '../kernel/writer/keyed-writing.js';
import { replayOf } from '../kernel/writer/replay-header.js';
import { type GaveUp, patiently } from '../kernel/patiently.js';
import { type SetAsideMessage } from '../kernel/writer/settle-keyed.js';
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
  readonly rejected: ReadonlyArray<EventToAppend<CouponRejectionEvent>>;
  readonly setAside: ReadonlyArray<SetAsideMessage>;
}

export type SettleRequest = typeof settleRequest;

/** What makes the ids of a request's events: its scope, which for users is what it has always been. */
const requestKeyOf = (event: CouponEvent | CouponRejectionEvent): string => {
  switch (event.type) {
    case 'CouponCreated':
      return '/';
    case 'CouponIssued':
      return scopeOf({ asks: 'ISSUE', userId: event.userId }, event.requestId);
    case 'CouponPaused':
    case 'CouponResumed':
    case 'CouponQuantityChanged':
    case 'CouponTermsChanged':
      return scopeOf({ asks: 'OPERATION', actor: event.actor }, event.requestId);
    case 'CouponSaleOpened':
    case 'CouponSaleClosed':
      return `/${event.requestId}`;
    case 'CouponRejectionWithdrawn':
      return scopeOf(askerOfWithdrawn(event), event.requestId);
    case 'CouponRequestRejected': {
      const scope = scopeOf(askerOf(event), event.requestId);
      // It may be asked and given up again, or be asked and rejected.
      return event.code === 'ABANDONED' ? `${scope}/abandoned/${event.at}` : scope;
    }
  }
};

/** The answer to a replay is another one than the one that was withdrawn for it. */
const again = (message: LoggedMessage): string => (replayOf(message) === null ? '' : `/replayed/${message.offset}`);

/**
 * Decides the messages of one coupon, each on the state the one before it left. One that cannot be read, or makes
 * deciding fail, is set aside with a recorded answer; its neighbours do not notice.
 */
export const settleInOrder =
  (settle: SettleRequest = settleRequest) =>
  (couponId: string, messages: ReadonlyArray<ReadMessage>, { coupon, rejections }: CouponState): Settled => {
    const granted: EventToAppend<CouponEvent>[] = [];
    const rejected: EventToAppend<CouponRejectionEvent>[] = [];
    const setAside: SetAsideMessage[] = [];
    const [couponEvents, rejectionEvents] = [couponStream(couponId), couponRejectionsStream(couponId)];

    const record = ({ settled, events }: Settlement, message: LoggedMessage): void => {
      if (settled === 'Before') return;
      const metadata = metadataOf(message);
      events.forEach((event, index) => {
        const requestKey = requestKeyOf(event);
        if (event.type === 'CouponRequestRejected') {
          rejected.push({ id: eventId(rejectionEvents, `${requestKey}${again(message)}`, index), event, metadata });
          rejections = evolveRejections(rejections, event);
        } else {
          granted.push({ id: eventId(couponEvents, requestKey, index), event, metadata });
          coupon = evolve(coupon, event);
        }
      });
    };

    const withdraw = (event: CouponRejectionWithdrawn, message: LoggedMessage): void => {
      const key = `${requestKeyOf(event)}/withdrawn/${message.offset}`;
      rejected.push({ id: eventId(rejectionEvents, key, 0), event, metadata: metadataOf(message) });
      rejections = evolveRejections(rejections, event);
    };

    const giveUp = (message: LoggedMessage, request: IdentifiedRequest | null, failure: GaveUp): void => {
      if (request === null) return void setAside.push({ message, ...failure });
      const settlement = settleUnprocessable(request, message.loggedAt, coupon, rejections);
      if (settlement.settled === 'Before') return;
      setAside.push({ message, ...failure });
      record(settlement, message);
    };

    /** A replayed request whose answer is that it could not be processed is decided anew; any other answer stands. */
    const toWithdraw = (message: LoggedMessage, order: CouponOrder): CouponRejectionWithdrawn | null => {
      const [deadLetterId, request] = [replayOf(message), requestOf(order)];
      return deadLetterId === null || request === null
        ? null
        : withdrawal(request, rejections, deadLetterId, message.loggedAt);
    };

    for (const { message, order } of messages) {
      if (E.isLeft(order)) giveUp(message, requestInHeaders(message), order.left);
      else {
        const withdrawn = toWithdraw(message, order.right);
        const standing = withdrawn === null ? rejections : evolveRejections(rejections, withdrawn);
        const settlement = patiently(() => settle(order.right, coupon, standing));
        if (E.isLeft(settlement)) giveUp(message, requestOf(order.right), settlement.left);
        else {
          if (withdrawn !== null && settlement.right.settled !== 'Before') withdraw(withdrawn, message);
          record(settlement.right, message);
        }
      }
    }
    return { coupon, rejections, granted, rejected, setAside };
  };
