import { type Container } from 'inversify';
import { projectionCalls, reconcileCall, verifyCouponCall, verifyScheduleCall } from './admin-calls.js';
import { sagaCalls } from './saga-calls.js';
import { deadLetterCalls } from './dead-letter-calls.js';
import { timelineOfUser } from '../../application/timeline/timeline-of-user.js';
import { Tokens as T } from './tokens.js';

/** What operators call, over HTTP or on the command line. */
export const bindAdmin = (container: Container): void => {
  container
    .bind(T.AdminCalls)
    .toResolvedValue(
      (eventStore, feed, snapshots, log, messageLog, readModels, leases, clock, ids, gate, running, orders) => ({
        ...projectionCalls({ feed, readModels, clock, leases, log, running }),
        ...deadLetterCalls({ eventStore, snapshots, logger: log, messageLog, readModels, clock, ids }),
        ...sagaCalls({
          eventStore,
          snapshots,
          logger: log,
          handleSaga: orders.handleSaga,
          cancelOrder: orders.calls.cancelOrder,
          readModels,
          clock,
        }),
        verifyCoupon: verifyCouponCall({ eventStore, messageLog, clock }),
        verifySchedule: verifyScheduleCall({ eventStore, messageLog, clock }),
        timelineOfUser: timelineOfUser({ readModels }),
        reconcile: reconcileCall({
          eventStore,
          feed,
          readModels,
          clock,
          leases,
          log,
          running,
          gate,
          messageLog,
        }),
      }),
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
      ],
    )
    .inSingletonScope();
};
