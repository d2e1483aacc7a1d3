import { either as E, type taskEither as TE } from 'fp-ts';
import { type CouponMessage } from './coupon-messages.js';
import { toMessage } from './coupon-request-message.js';
import { couponsView } from './coupons.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { type MessageLog, type PublishError } from '../ports/message-log.js';
import { type ReadModelsError } from '../ports/read-models.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type Ports } from '../ports/ports.js';

/** What a coupon is told of the event it is tied to. */
export type SaleChange = 'COUPON_SALE_OPENED' | 'COUPON_SALE_CLOSED';

export interface TellCouponsPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly log: Pick<MessageLog, 'publish'>;
}

export interface Telling {
  readonly eventId: string;
  readonly change: SaleChange;
  readonly correlationId: string;
}

const PAGE = 500;

const message = (
  couponId: string,
  { eventId: tiedTo, change: eventType }: Telling,
  timestamp: number,
): CouponMessage => {
  // Told again it is the same request: the writer carries it out once.
  const requestId = derivedId(`${eventType}/${couponId}/${tiedTo}`);
  const occurredAt = new Date(timestamp).toISOString();
  return { eventId: requestId, eventType, occurredAt, couponId, requestId, timestamp, tiedTo };
};

/** Tells one coupon, through its own log: so it takes its turn among the requests, and there is one writer. */
export const tellCoupon =
  ({ log, clock }: Pick<TellCouponsPorts, 'log' | 'clock'>) =>
  (couponId: string, telling: Telling): TE.TaskEither<PublishError, unknown> =>
    log.publish(
      COUPON_ISSUE_REQUESTS,
      toMessage(message(couponId, telling, clock.now()), { correlationId: telling.correlationId }),
    );

/** Tells every coupon that is tied to an event, as far as queries see them; also where one of them cannot be told. */
export const tellCoupons = (ports: TellCouponsPorts) => {
  const reader = liveReader(ports.readModels);
  const tell = tellCoupon(ports);
  return (telling: Telling): TE.TaskEither<PublishError | ReadModelsError, void> =>
    async () => {
      let untold: E.Left<PublishError> | undefined;
      for (let cursor: string | null = null; ;) {
        const query = { index: 'by-event', key: telling.eventId, limit: PAGE };
        const page = await reader.query(couponsView, { ...query, ...(cursor !== null && { cursor }) })();
        if (E.isLeft(page)) return page;
        const told = await Promise.all(page.right.items.map(({ couponId }) => tell(couponId, telling)()));
        untold ??= told.find(E.isLeft);
        cursor = page.right.nextCursor;
        if (cursor === null) return untold ?? E.right(undefined);
      }
    };
};
