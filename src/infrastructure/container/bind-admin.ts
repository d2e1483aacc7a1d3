import { type Container } from 'inversify';
import { projectionCalls, reconcileCall, verifyCouponCall, verifyScheduleCall } from './admin-calls.js';
import { couponRejectionsStream, couponStream } from '../../application/coupon/coupon-streams.js';
import { deliveryStream } from '../../application/checkout/delivery/delivery-aggregate.js';
import { rejectionsStream } from '../../application/kernel/writer/rejected-requests.js';
import { orderStream } from '../../application/checkout/order/order-aggregate.js';
import { sagaStream } from '../../application/checkout/sagas/saga-aggregate.js';
import { stockStream } from '../../application/checkout/stock/stock-aggregate.js';
import { waitingRoomStream } from '../../application/waiting-room/waiting-streams.js';
import { listParkedStreams } from '../../application/kernel/process/parking/operate-parking.js';
import { findingParked, parkingCalls, parkingConsumers } from './parking-calls.js';
import { sagaCalls } from './saga-calls.js';
import { deadLetterCalls } from './dead-letter-calls.js';
import { findActs } from '../../application/operating/audit-trail/find-acts.js';
import { timelineOfUser } from '../../application/operating/timeline/timeline-of-user.js';
import { Tokens as T } from './tokens.js';

/** What operators call, over HTTP or on the command line. */
export const bindAdmin = (container: Container): void => {
  container
    .bind(T.AdminCalls)
    .toResolvedValue(
      (
        eventStore,
        feed,
        snapshots,
        log,
        messageLog,
        readModels,
        leases,
        clock,
        ids,
        gate,
        running,
        orders,
        parkedStreams,
      ) => {
        const loading = { eventStore, snapshots, logger: log };
        const projecting = { feed, readModels, clock, leases, log, parkedStreams };
        const listParked = listParkedStreams({ ...loading, ids, clock, consumers: parkingConsumers });
        const withParked = findingParked(listParked);
        const { verifyOrder, verifyOrderStock, ...sagas } = sagaCalls({
          ...loading,
          handleSaga: orders.handleSaga,
          cancelOrder: orders.calls.cancelOrder,
          readModels,
          clock,
        });
        return {
          ...projectionCalls({ ...projecting, running }),
          ...parkingCalls({ ...loading, ...projecting, ids }),
          ...deadLetterCalls({ ...loading, messageLog, readModels, clock, ids }),
          ...sagas,
          verifyOrder: withParked((id) => [orderStream(id), sagaStream(id), deliveryStream(id)], verifyOrder),
          verifyOrderStock: withParked((id) => [stockStream(id), rejectionsStream('stock', id)], verifyOrderStock),
          verifyCoupon: withParked(
            (id) => [couponStream(id), couponRejectionsStream(id)],
            verifyCouponCall({ eventStore, messageLog, clock }),
          ),
          verifySchedule: withParked(
            (id) => [waitingRoomStream(id), rejectionsStream('waiting', id)],
            verifyScheduleCall({ eventStore, messageLog, clock }),
          ),
          timelineOfUser: timelineOfUser({ readModels }),
          findActs: findActs({ readModels }),
          reconcile: reconcileCall({
            ...projecting,
            eventStore,
            running,
            gate,
            messageLog,
            listParkedStreams: listParked,
          }),
        };
      },
      [
        T.EventStore,
        T.EventFeed,
        T.Snapshots,
        T.Log,
        T.MessageLog,
        T.ReadModels,
        T.Leases,
        T.Clock,
        T.Ids,
        T.Gate,
        T.ProjectionRunner,
        T.Orders,
        T.ParkedStreams,
      ],
    )
    .inSingletonScope();
};
